import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, SocketAddress } from 'node:net'
import { plainAddress } from '../lib/plain-address.ts'

/** Proxies whose X-Forwarded-For is trusted. */
export interface TrustedProxies {
  has(address: string): boolean
}

/** Maximum number of X-Forwarded-For entries examined, from the end. */
const hopsMax = 32

/** @param ranges addresses and CIDR ranges, validated by `--trusted-proxies` */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const range of ranges) {
    const [address, bits] = range.split('/') as [string, string?]
    const family = familyOf(address)
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return {
    has: (address) => ranges.length > 0 && isIP(address) !== 0 && list.check(address, familyOf(address)),
  }
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** The peer address of a connection; IPv4 in its own form, also on an IPv6 socket. */
export const peerOf = ({ remoteAddress }: { readonly remoteAddress?: string | undefined }): string =>
  plainAddress(remoteAddress ?? '')

/**
 * Returns the client address of a request: the peer or, behind trusted proxies, the last X-Forwarded-For entry
 * that is not one of theirs. Earlier entries come from the client and prove nothing.
 */
export function clientOf(message: IncomingMessage, trusted: TrustedProxies): string {
  const peer = peerOf(message.socket)
  if (!trusted.has(peer)) return peer
  // Node joins repeated headers with commas.
  const forwarded = String(message.headers['x-forwarded-for'] ?? '')
  let client = peer
  for (let end = forwarded.length, hops = 0; end > 0 && hops < hopsMax; hops++) {
    const comma = forwarded.lastIndexOf(',', end - 1)
    const address = addressIn(forwarded.slice(comma + 1, end))
    if (address === undefined) return client
    client = address
    if (!trusted.has(client)) return client
    end = Math.max(0, comma)
  }
  return client
}

/** Returns the address of an entry without its port; undefined for anything else. */
function addressIn(entry: string): string | undefined {
  if (entry.length > 128) return undefined
  const [, bracketed, withPort] = /^\s*(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)\s*$/.exec(entry) ?? []
  const address = plainAddress(bracketed ?? withPort ?? entry.trim())
  const family = isIP(address)
  if (family !== 6) return family === 4 ? address : undefined
  // IPv6 addresses have many spellings; this is the one that the kernel reports.
  return plainAddress(new SocketAddress({ address, family: 'ipv6' }).address)
}

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/**
 * Returns the key by which calls are counted: an IPv4 address, or the first 64 bits of an IPv6 address, since a
 * client controls all addresses of that prefix (RFC 4291 §2.5.1).
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [before, after] = address.split('::') as [string, string?]
  const first = before === '' ? [] : before.split(':')
  const last = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? [] : Array(Math.max(0, 8 - first.length - last.length)).fill('0')
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`
}
