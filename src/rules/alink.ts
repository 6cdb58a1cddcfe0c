/**
 * The JSON protocol of system topics (Alink): a device sends `{"id","version","params","method"}` and receives
 * `{"id","code","data","message","method","version"}` with the same id (mqtt-facts §1.9). Pure.
 */

/** A request of a device. */
export interface AlinkRequest {
  /** As sent: a text or a number; some SDKs match answers by its type. */
  readonly id: unknown
  readonly version: string
  readonly method: string | undefined
  readonly params: unknown
  /** Whether the device wants an answer: `"sys":{"ack":0}` declines it. */
  readonly wantsAnswer: boolean
}

/** Answer codes, according to the platform's pages. */
export const alinkCodes = {
  200: 'success',
  460: 'request parameter error',
  6106: 'params size exceeds 200',
  6207: 'data format error, must be JSON',
  6313: 'tsl service not available',
} as const
export type AlinkCode = keyof typeof alinkCodes

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Parses a payload as JSON; undefined if it is invalid. */
export function readJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(payload))
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @returns undefined if the payload is not a JSON object */
export function readAlink(payload: Uint8Array): AlinkRequest | undefined {
  const read = readJson(payload)
  if (!isObject(read)) return undefined
  const { id, version, method, params, sys } = read
  return {
    id,
    version: typeof version === 'string' ? version : '1.0',
    method: typeof method === 'string' ? method : undefined,
    params,
    wantsAnswer: !(isObject(sys) && sys.ack === 0),
  }
}

/**
 * Creates the answer to a request; with an undefined request, whose payload was not JSON, the answer has no id.
 */
export function alinkAnswer(
  request: AlinkRequest | undefined,
  method: string,
  code: AlinkCode,
  data: object = {},
): object {
  return {
    id: request?.id ?? '',
    code,
    data,
    message: alinkCodes[code],
    method: request?.method ?? method,
    version: request?.version ?? '1.0',
  }
}
