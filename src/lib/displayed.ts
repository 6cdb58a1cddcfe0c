/** A value as an error tells it: quoted, and cut short where it is long. */
export function displayed(text: string): string {
  return JSON.stringify(text.length > 50 ? `${text.slice(0, 50)}…` : text)
}
