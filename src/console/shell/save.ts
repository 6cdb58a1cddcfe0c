/** Has the browser save a file. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has it as soon as the click is over, but some only look a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
