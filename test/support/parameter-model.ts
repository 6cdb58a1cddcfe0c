/**
 * A model of reading a request's parameters that is obviously correct, at any cost: split, decode, sort, join.
 * Texts are Latin-1 strings of bytes, so no character set interferes.
 */
export interface ModelParameter {
  readonly name: string
  readonly value: string
  readonly inQuery: boolean
}

export function modelParameters(query: string, body: string): ModelParameter[] {
  const read = (text: string, inQuery: boolean) =>
    text
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const [name, ...rest] = part.split('=')
        return { name: decoded(name!), value: decoded(rest.join('=')), inQuery }
      })
  return [...read(query, true), ...read(body, false)]
}

/** '+' is a space; an invalid escape stays unchanged. */
function decoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function encoded(text: string): string {
  return text.replace(
    /[^A-Za-z0-9\-_.~]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function canonical(parameters: readonly ModelParameter[]): string {
  return [...parameters]
    .sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${encoded(name)}=${encoded(value)}`)
    .join('&')
}

export function modelStringToSignV1(method: string, parameters: readonly ModelParameter[]): string {
  const signed = parameters.filter(({ name }) => name !== 'Signature')
  return `${method}&%2F&${encoded(canonical(signed))}`
}

export const modelCanonicalQueryV3 = (parameters: readonly ModelParameter[]) =>
  canonical(parameters.filter(({ inQuery }) => inQuery))

/** A list's entries in numeric order of N, or the word `malformed`; undefined when there is none. */
export function modelList(
  parameters: readonly ModelParameter[],
  list: string,
  members: readonly string[],
): Record<string, string>[] | 'malformed' | undefined {
  const entries = new Map<number, Record<string, string>>()
  for (const { name, value } of parameters) {
    if (name === list && value !== '') return 'malformed'
    if (!name.startsWith(`${list}.`)) continue
    const [, number, member] = /^([1-9]\d{0,9})\.(.*)$/s.exec(name.slice(list.length + 1)) ?? []
    if (number === undefined || !members.includes(member!)) return 'malformed'
    const entry = entries.get(Number(number)) ?? Object.create(null)
    if (member! in entry) return 'malformed'
    entries.set(Number(number), Object.assign(entry, { [member!]: value }))
    if (!isUtf8(value)) return 'malformed'
  }
  if (entries.size === 0) return undefined
  return [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry)
}

function isUtf8(latin1: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'))
    return true
  } catch {
    return false
  }
}
