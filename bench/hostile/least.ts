/**
 * The minimum cost of a V1 call before any verdict: the server must compute the signature to know that the
 * client's is false.
 */
import { createHmac } from 'node:crypto'
import { withRoom } from '../../src/lib/http-message.ts'
import { CanonicalWriter } from '../../src/rpc/parameters/canonical.ts'
import { formV1 } from '../../src/rpc/parameters/canonical-form.ts'
import { scanParameters } from '../../src/rpc/parameters/parameters.ts'
import { Refusal } from '../../src/rpc/refusals.ts'
import { slot } from '../../test/support/slots.ts'
import { cpuMilliseconds } from '../measure.ts'
import { caller } from '../workload.ts'

const writer = new CanonicalWriter()

/**
 * Returns the CPU time to decode, sort, encode and sign (HMAC-SHA1) the parameters of one request in this
 * process, in milliseconds.
 * @param request the bytes of a request
 * @returns undefined if the request is not a V1 form or query with an existing key, or has too many parameters
 */
export function leastOfV1(request: Buffer, milliseconds: number): number | undefined {
  const parameters = parametersOf(request)
  if (parameters === undefined) return undefined
  const end = parameters.length
  let spent = 0
  let count = 0
  for (; count < 2 || spent < milliseconds; count++) {
    // In the listener's memory, so that the same scan reads it.
    const bytes = slot(withRoom(end))
    parameters.copy(bytes)
    const from = cpuMilliseconds()
    try {
      const table = scanParameters(bytes, 0, end, slot).all(['DeviceList.'])
      const hmac = createHmac('sha1', `${caller.accessKeySecret}&`)
      writer.write({ head: 'POST&%2F&', table, form: formV1, part: 'all but Signature' }, (piece) =>
        hmac.update(piece),
      )
      hmac.digest('base64')
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
    // The first one warms up.
    if (count > 0) spent += cpuMilliseconds() - from
  }
  return spent / (count - 1)
}

function parametersOf(request: Buffer): Buffer | undefined {
  const body = request.indexOf('\r\n\r\n') + 4
  if (request.includes('multipart/form-data') || !request.includes(`AccessKeyId=${caller.accessKeyId}&`))
    return undefined
  if (body < request.length) return request.subarray(body)
  return request.subarray(request.indexOf('?') + 1, request.indexOf(' HTTP/1.1'))
}
