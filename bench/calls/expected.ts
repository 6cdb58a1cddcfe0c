/** Whether an answer is the one that the load is about; any other ends the run. */
export type IsGood = (status: number, body: Buffer) => boolean

/** No Data: the answer names no bad entry, so none of the names was mistaken for a registered one. */
export const isAllGood: IsGood = (status, body) => hasSucceeded(status, body) && !body.includes('"Data"')

export const hasSucceeded: IsGood = (status, body) =>
  status === 200 && body.subarray(0, startBytes).includes('"Success":true')

export const isOk: IsGood = (status) => status === 200

/** Success and Data stand before the lists. */
const startBytes = 256
/** Answers up to this many bytes are read whole, every one of them. */
const readBytesMax = 64 * 1024

/**
 * Just these names are told as registered. Of a long answer the first one is read; those that follow to the same
 * list must be as long, for reading them would cost the generator more than the call costs the server.
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
