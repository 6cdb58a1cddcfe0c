import type { IncomingMessage } from 'node:http'
import type { Problem } from './service.ts'

export interface HeadLimits {
  readonly requestLineBytesMax: number
  readonly headerBytesMax: number
}

/** API clients send about 20 headers; browsers and proxies may add as many again. */
export const headersMax = 128

/** Longer than any DNS name with brackets and port. */
const hostLengthMax = 270
/** Characters that end a host in a URL or can't occur in one (RFC 9110 §7.2, RFC 3986 §3.2.2). */
const notInHost = /[\s/?#@\\,"<>^`{|}]/

/**
 * Checks a request's line and headers: length, number, and exactly one valid Host header (RFC 9112 §3.2). With
 * two different ones a proxy and Rollcall might choose differently.
 */
export function checkHead(message: IncomingMessage, limits: HeadLimits): Problem | undefined {
  const { rawHeaders, url = '', httpVersion } = message
  if (url.length > limits.requestLineBytesMax)
    return { kind: 'RequestLineTooLong', max: limits.requestLineBytesMax }
  if (rawHeaders.length > 2 * headersMax)
    return { kind: 'RequestHeadersTooLarge', max: headersMax, unit: 'lines' }
  let bytes = 0
  const hosts: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name, value] = [rawHeaders[i]!, rawHeaders[i + 1]!]
    bytes += name.length + value.length + ':\r\n'.length
    if (name.length === 'host'.length && name.toLowerCase() === 'host') hosts.push(value)
  }
  if (bytes > limits.headerBytesMax) return headersTooLarge(limits)
  const [host] = hosts
  if (hosts.length > 1) return malformed('it has several Host headers')
  if (host === undefined) return httpVersion === '1.0' ? undefined : malformed('it has no Host header')
  if (host.length > hostLengthMax || notInHost.test(host))
    return malformed('its Host header is not a host and a port')
  return undefined
}

export const headersTooLarge = ({ headerBytesMax }: Pick<HeadLimits, 'headerBytesMax'>): Problem => ({
  kind: 'RequestHeadersTooLarge',
  max: headerBytesMax,
  unit: 'bytes',
})

const malformed = (reason: string): Problem => ({ kind: 'MalformedRequest', reason })
