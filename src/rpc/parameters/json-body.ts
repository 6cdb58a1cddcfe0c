import { Refusal } from '../refusals.ts'

/** Deeper than this no parameter of the API lies. */
const depthMax = 8

/**
 * A JSON body as form bytes: {"DeviceList":[{"DeviceName":"a"}]} is DeviceList.1.DeviceName=a. One generation
 * of the Java client sends lists so (wire-facts §2.4); it signs the body's hash, so only V3 may.
 * @throws Refusal InvalidJson for a body that is not a JSON object
 */
export function jsonBodyAsForm(body: Buffer): Buffer {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal('InvalidJson')
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Refusal('InvalidJson')
  const parts: string[] = []
  flatten('', parsed, parts, 0)
  return Buffer.from(parts.join('&'))
}

function flatten(prefix: string, value: unknown, parts: string[], depth: number): void {
  if (value === null || value === undefined) return
  if (typeof value !== 'object') {
    // toWellFormed: a lone surrogate would make encodeURIComponent throw.
    parts.push(`${prefix}=${encodeURIComponent(String(value).toWellFormed())}`)
    return
  }
  if (depth === depthMax) throw new Refusal('InvalidJson')
  for (const [key, inner] of Object.entries(value)) {
    const name = Array.isArray(value) ? String(Number(key) + 1) : encodeURIComponent(key.toWellFormed())
    flatten(prefix === '' ? name : `${prefix}.${name}`, inner, parts, depth + 1)
  }
}
