/** Quotes a value for an error message, truncating long ones. */
export function displayed(text: string): string {
  return JSON.stringify(text.length > 50 ? `${text.slice(0, 50)}…` : text)
}
