import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, SocketAddress } from 'node:net'
import { plainAddress } from '../lib/plain-address.ts'

/** Proxies whose X-Forwarded-For is believed. */
export interface TrustedProxies {
  has(address: string): boolean
}

/** The most proxies for which X-Forwarded-For is read, from its end. */
const hopsMax = 32

/** @param ranges addresses and CIDR ranges, as `--trusted-proxies` has judged them */
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

/** The address of a connection's other end; IPv4 as such, also on a socket that listens on IPv6. */
export const peerOf = ({ remoteAddress }: { readonly remoteAddress?: string | undefined }): string =>
  plainAddress(remoteAddress ?? '')

/**
 * The address that a request comes from: the connection's other end or, behind trusted proxies, the last address in
 * X-Forwarded-For that is not one of theirs. What stands before it is what the client says, and proves nothing.
 */
export function clientOf(message: IncomingMessage, trusted: TrustedProxies): string {
  const peer = peerOf(message.socket)
  if (!trusted.has(peer)) return peer
  // Node joins repeated lines with commas.
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

/** The address of an entry, which may have a port; undefined for anything else. */
function addressIn(entry: string): string | undefined {
  if (entry.length > 128) return undefined
  const [, bracketed, withPort] = /^\s*(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)\s*$/.exec(entry) ?? []
  const address = plainAddress(bracketed ?? withPort ?? entry.trim())
  const family = isIP(address)
  if (family !== 6) return family === 4 ? address : undefined
  // One address has many spellings; its shortest is what the kernel shows of a connection.
  return plainAddress(new SocketAddress({ address, family: 'ipv6' }).address)
}

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/**
 * What calls are counted by: an IPv4 address or the first 64 bits of an IPv6 address, since a single client has all
 * addresses that begin with them (RFC 4291 §2.5.1).
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [before, after] = address.split('::') as [string, string?]
  const first = before === '' ? [] : before.split(':')
  const last = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? [] : Array(Math.max(0, 8 - first.length - last.length)).fill('0')
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`
}
