const names: Readonly<Record<string, string>> = {
  '\r': 'a carriage return',
  '\n': 'a line feed',
  '\t': 'a tab',
  ' ': 'a space',
  '\u00a0': 'a no-break space',
  '\ufeff': 'a byte order mark',
}

/**
 * Describes a character that is not printable ASCII without quoting the text: `ends with a carriage return`,
 * `contains U+200B`. Files with Windows line ends and secrets written with `echo` contain such invisible
 * characters.
 * @returns undefined if all characters are printable ASCII
 */
export function strayCharacter(text: string): string | undefined {
  // The end is checked first, where a line end remains; of \r\n, the first is reported.
  const tail = /([^\x21-\x7e])[^\x21-\x7e]*$/u.exec(text)
  const found = tail ?? /[^\x21-\x7e]/u.exec(text)
  if (found === null) return undefined
  const character = found[1] ?? found[0]
  const place = tail ? 'ends with' : found.index === 0 ? 'begins with' : 'contains'
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return `${place} ${names[character] ?? `U+${code}`}`
}
