/**
 * Parameters as a page has them; undefined and empty ones are not sent. Lists are flattened (`Name.1`,
 * `Name.2`).
 */
export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** Converts parameters to the form in which they are sent. */
export function sendable(parameters: Parameters): Record<string, string> {
  const entries = Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || value === '') return []
    if (Array.isArray(value)) return value.map((item, i) => [`${name}.${i + 1}`, item])
    return [[name, String(value)]]
  })
  return Object.fromEntries(entries)
}
