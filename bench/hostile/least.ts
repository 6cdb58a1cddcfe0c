/** The part of a V1 call's cost that precedes any verdict: the server signs it before it knows that the signature is false. */
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
 * CPU of decoding the parameters of one request, putting them into order, encoding them and putting an HMAC-SHA1 over
 * them, in milliseconds, in this process.
 * @param request the bytes of a request
 * @returns undefined for a request that is not a form or a query of V1 under a key that exists, or has too many parameters
 */
export function leastOfV1(request: Buffer, milliseconds: number): number | undefined {
  const parameters = parametersOf(request)
  if (parameters === undefined) return undefined
  const end = parameters.length
  let spent = 0
  let count = 0
  for (; count < 2 || spent < milliseconds; count++) {
    // Where the listener puts them, so that the same scan reads them.
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
