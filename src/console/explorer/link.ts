/** Parameters whose values are secrets: they are never part of an address. */
const isSecret = (name: string): boolean => /secret|password|token/i.test(name)

/** The most characters of parameters in a link; browsers and chats cut longer ones. */
const linkMax = 8000

/**
 * Returns a link to an operation with parameters, without their secrets.
 * @param page the address of the console, without its fragment
 * @returns undefined if the link would be too long
 */
export function linkOf(
  page: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
): string | undefined {
  const shared = Object.entries(parameters).filter(([name]) => !isSecret(name))
  const query = new URLSearchParams(shared).toString()
  if (query.length > linkMax) return undefined
  return `${page}#/explorer/${action}${query === '' ? '' : `?${query}`}`
}

/** Returns the parameters of a link, except secrets, which a link of Rollcall never contains. */
export const parametersIn = (
  address: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined => {
  const given = Object.entries(address).filter(([name]) => !isSecret(name))
  return given.length === 0 ? undefined : Object.fromEntries(given)
}
