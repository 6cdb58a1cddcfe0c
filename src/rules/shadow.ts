import { isObject, readJson } from './alink.ts'

/** The shadow of a device during one connection: the last reported state (mqtt-facts §1.9). Pure. */

/** Bytes of a shadow. */
const shadowBytesMax = 16 * 1024

export interface Shadow {
  readonly version: number
  readonly reported: Readonly<Record<string, unknown>>
  /** When each was reported, in seconds since 1970 UTC. */
  readonly reportedAt: Readonly<Record<string, number>>
}

const empty: Shadow = { version: 0, reported: {}, reportedAt: {} }

/** Answers a message on `/shadow/update/…` with the resulting shadow. @param seconds since 1970 UTC */
export function answerShadow(
  payload: Uint8Array,
  shadow: Shadow = empty,
  seconds: number,
): { readonly answer: object; readonly shadow: Shadow } {
  const fail = (errorcode: string, errormessage: string) => ({
    answer: reply({ status: 'error', content: { errorcode, errormessage } }, seconds),
    shadow,
  })
  if (payload.length > shadowBytesMax) return fail('409', 'shadow message size is too long')
  const read = readJson(payload)
  if (!isObject(read)) return fail('400', 'json is invalid')
  const { method, state, version } = read
  if (method === 'get') return { answer: got(shadow, seconds), shadow }
  if (method === 'delete') return deleted(state, shadow, seconds, fail)
  if (method !== 'update') return fail(method === undefined ? '401' : '404', 'method is invalid')
  if (!isObject(state)) return fail('402', 'state is missing')
  if (typeof version !== 'number') return fail('403', 'version is not a number')
  if (version !== -1 && version <= shadow.version) return fail('406', `version must exceed ${shadow.version}`)
  if (state.reported !== undefined && !isNothing(state.reported) && !isObject(state.reported))
    return fail('405', 'reported is invalid')
  const next = updated(shadow, version, state.reported, seconds)
  return { answer: reply({ status: 'success', version: next.version }, seconds), shadow: next }
}

/** The platform's samples write null as a text. */
const isNothing = (value: unknown) => value === null || value === 'null'

function updated(shadow: Shadow, version: number, reported: unknown, seconds: number): Shadow {
  const next = version === -1 ? 0 : version
  if (reported === undefined) return { ...shadow, version: next }
  if (!isObject(reported)) return { ...empty, version: next }
  const kept = Object.entries({ ...shadow.reported, ...reported }).filter(([, value]) => !isNothing(value))
  const times = kept.map(([name]) => [name, name in reported ? seconds : shadow.reportedAt[name]])
  return { version: next, reported: Object.fromEntries(kept), reportedAt: Object.fromEntries(times) }
}

function deleted(
  state: unknown,
  shadow: Shadow,
  seconds: number,
  fail: (code: string, message: string) => { readonly answer: object; readonly shadow: Shadow },
) {
  if (!isObject(state)) return fail('402', 'state is missing')
  const next = updated(shadow, shadow.version + 1, state.reported, seconds)
  return { answer: reply({ status: 'success', version: next.version }, seconds), shadow: next }
}

function got({ version, reported, reportedAt }: Shadow, seconds: number): object {
  const times = Object.entries(reportedAt).map(([name, timestamp]) => [name, { timestamp }])
  const payload = {
    status: 'success',
    state: { reported },
    metadata: { reported: Object.fromEntries(times) },
  }
  return { method: 'reply', payload, version, timestamp: seconds }
}

const reply = (payload: object, timestamp: number) => ({ method: 'reply', payload, timestamp })
