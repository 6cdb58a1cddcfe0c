import { Refusal } from '../refusals.ts'

/** Deeper than this no parameter of the API lies. */
const depthMax = 8

/**
 * A JSON body as form bytes: {"DeviceList":[{"DeviceName":"a"}]} is DeviceList.1.DeviceName=a. One generation
 * of the Java client sends lists so (wire-facts §2.4); it signs the body's hash, so only V3 may.
 * @throws Refusal InvalidJson for a body that is not a JSON object in UTF-8, TooManyParameters
 */
export function jsonBodyAsForm(body: Buffer, parametersMax: number): Buffer {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new Refusal('InvalidJson')
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Refusal('InvalidJson')
  const parts: string[] = []
  flatten('', parsed, parts, {
    depth: 0,
    left: { values: parametersMax, characters: 8 * body.length + 4096 },
    parametersMax,
  })
  return Buffer.from(parts.join('&'))
}

interface Limits {
  readonly depth: number
  /** How many values may still follow, empty ones counted too, and how many characters of form. */
  readonly left: { values: number; characters: number }
  readonly parametersMax: number
}

function flatten(prefix: string, value: unknown, parts: string[], limits: Limits): void {
  if (limits.left.values-- === 0) throw new Refusal('TooManyParameters', { max: limits.parametersMax })
  if (value === null || value === undefined) return
  if (typeof value !== 'object') {
    // toWellFormed: a lone surrogate would make encodeURIComponent throw.
    const part = `${prefix}=${encodeURIComponent(String(value).toWellFormed())}`
    parts.push(part)
    // Each value repeats the names above it: long names would make gigabytes of a small body.
    limits.left.characters -= part.length + 1
    if (limits.left.characters < 0) throw new Refusal('TooManyParameters', { max: limits.parametersMax })
    return
  }
  if (limits.depth === depthMax) throw new Refusal('InvalidJson')
  const below = { ...limits, depth: limits.depth + 1 }
  const named = (name: string) => (prefix === '' ? name : `${prefix}.${name}`)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) flatten(named(String(i + 1)), value[i], parts, below)
  } else {
    for (const [key, inner] of Object.entries(value)) {
      flatten(named(encodeURIComponent(key.toWellFormed())), inner, parts, below)
    }
  }
}
