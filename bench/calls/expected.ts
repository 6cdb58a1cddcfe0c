/** Checks that an answer is the expected one; any other ends the run. */
export type IsGood = (status: number, body: Buffer) => boolean

/** No Data: the answer names no bad entry, so no name was mistaken for a registered one. */
export const isAllGood: IsGood = (status, body) => hasSucceeded(status, body) && !body.includes('"Data"')

export const hasSucceeded: IsGood = (status, body) =>
  status === 200 && body.subarray(0, startBytes).includes('"Success":true')

export const isOk: IsGood = (status) => status === 200

/** Success and Data come before the lists. */
const startBytes = 256
/** Every answer up to this size is parsed completely. */
const readBytesMax = 64 * 1024

/**
 * Checks that exactly these names are reported as registered. Of long answers only the first is parsed; later
 * ones for the same list must have the same length, because parsing them would cost the generator more than the
 * call costs the server.
 */
export function tellsRegistered(names: readonly string[]): IsGood {
  let length: number | undefined
  return (status, body) => {
    if (!hasSucceeded(status, body) || !body.subarray(0, startBytes).includes('"Data"')) return false
    if (body.length > readBytesMax && length !== undefined) return body.length === length
    length = body.length
    const { RepeatedDeviceNameList: told, InvalidDetailList: rows } = JSON.parse(body.toString('utf8')).Data
    const asked = new Set(names)
    return (
      told.length === asked.size &&
      rows.length === asked.size &&
      told.every((name: string) => asked.has(name))
    )
  }
}
