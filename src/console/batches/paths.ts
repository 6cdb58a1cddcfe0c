/** Path of an instance's list of batches, below the page's own; the public instance has no ID. */
export const listPath = (instance: string): string =>
  instance === '' ? '/' : `/at/${encodeURIComponent(instance)}`

/** Path of a batch, or of a checked list. */
export const batchPath = (instance: string, applyId: number | string): string =>
  instance === '' ? `/${applyId}` : `${listPath(instance)}/${applyId}`

/** Parses an ApplyId that the user typed or followed; undefined if it is invalid. */
export function applyIdIn(text: string): number | undefined {
  const trimmed = text.trim()
  return /^[1-9]\d{0,15}$/.test(trimmed) && Number.isSafeInteger(Number(trimmed))
    ? Number(trimmed)
    : undefined
}
