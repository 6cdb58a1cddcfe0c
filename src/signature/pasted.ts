import type { Parameter } from './percent.ts'

/** The call described by a string that a client signed. */
export interface Pasted {
  readonly version: 'v1' | 'v3'
  readonly method?: string
  /** Decoded parameters of V1 or of V3's query, in order. */
  readonly parameters: readonly Parameter[]
  /** V3's headers, with lower-case names. */
  readonly headers: ReadonlyMap<string, string>
}

/**
 * Parses a canonical query or a string to sign of V1, or a canonical request of V3; undefined for anything
 * else.
 */
export function readPasted(text: string): Pasted | undefined {
  const head = /^([A-Za-z]+)&?(?:%2F|\/)&?/i.exec(text)
  if (head !== null && !text.includes('\n', head[0].length)) {
    const rest = text.slice(head[0].length).trimEnd()
    // A client that forgot the second encoding leaves '=' unencoded.
    const query = rest.includes('=') ? rest : decoded(rest)
    const parameters = query === undefined ? undefined : pairsOf(query)
    return parameters && { version: 'v1', method: head[1]!, parameters, headers: new Map() }
  }
  const lines = text.split(/\r?\n/)
  if (lines.length >= 6 && /^[A-Z]+$/i.test(lines[0]!) && lines[1]!.startsWith('/')) {
    const headers = new Map<string, string>()
    for (const line of lines.slice(3)) {
      const colon = line.indexOf(':')
      if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
    }
    return { version: 'v3', method: lines[0]!, parameters: pairsOf(lines[2]!) ?? [], headers }
  }
  const parameters = text.trimEnd().includes('\n') ? undefined : pairsOf(text.trimEnd())
  // A single pair may be Base64 that ends in '='.
  if (parameters === undefined || parameters.length < 2) return undefined
  return { version: 'v1', parameters, headers: new Map() }
}

function pairsOf(query: string): readonly Parameter[] | undefined {
  if (query === '') return []
  const pairs = query.split('&').map((pair): Parameter | undefined => {
    const equals = pair.indexOf('=')
    const name = decoded(pair.slice(0, equals))
    const value = decoded(pair.slice(equals + 1))
    return equals < 1 || name === undefined || value === undefined ? undefined : [name, value]
  })
  return pairs.includes(undefined) ? undefined : (pairs as Parameter[])
}

/** Decodes percent-encoding; undefined if it is malformed. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
