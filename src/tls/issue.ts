import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { isIP, SocketAddress } from 'node:net'
import type { Random } from '../lib/random.ts'
import * as der from './der.ts'

/** Apple's clients reject server certificates that are valid for longer. */
const validityDays = 825
const dayMs = 24 * 60 * 60_000

/** ecdsa-with-SHA256 (RFC 5758, 3.2); sha256WithRSAEncryption, whose parameters are NULL (RFC 4055, 5). */
const ecdsa = der.sequence(der.oid('1.2.840.10045.4.3.2'))
const rsa = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nothing)

const commonName = der.oid('2.5.4.3')
const basicConstraints = der.oid('2.5.29.19')
const keyUsage = der.oid('2.5.29.15')
const extKeyUsage = der.oid('2.5.29.37')
const subjectKeyIdentifier = der.oid('2.5.29.14')
const subjectAltName = der.oid('2.5.29.17')
const serverAuth = der.oid('1.3.6.1.5.5.7.3.1')

/** Bits 0, digitalSignature, and 2, keyEncipherment, which TLS with RSA keys may need (RFC 5280, 4.2.1.3). */
const usageOf = { ec: der.bits(Buffer.from([0x80]), 7), rsa: der.bits(Buffer.from([0xa0]), 5) } as const

/**
 * Issues a self-signed certificate (RFC 5280, 4.1). It is not a CA: a client that trusts it trusts only this
 * server.
 * @param key P-256 or RSA, PEM
 * @param names DNS names and IP addresses
 * @returns PEM
 */
export function issue(key: string, names: readonly string[], now: number, random: Random): string {
  const privateKey = createPrivateKey(key)
  const kind = privateKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec'
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const algorithm = kind === 'rsa' ? rsa : ecdsa
  const subject = der.sequence(der.set(der.sequence(commonName, der.text('rollcall'))))
  const content = der.sequence(
    // Version 3.
    der.explicit(0, der.integer(2)),
    // The serial number is positive and has at most 20 bytes (4.1.2.2).
    der.integer(1, ...random.bytes(15)),
    algorithm,
    subject,
    // A client's clock may be behind.
    der.sequence(der.utcTime(now - dayMs), der.utcTime(now + (validityDays - 1) * dayMs)),
    subject,
    publicKey,
    der.explicit(3, extensions(names, publicKey, usageOf[kind])),
  )
  const signature = sign('sha256', content, privateKey)
  const base64 = der.sequence(content, algorithm, der.bits(signature)).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
}

function extensions(names: readonly string[], publicKey: Buffer, usage: Buffer): Buffer {
  const extension = (id: Buffer, ...rest: Buffer[]) => der.sequence(id, ...rest)
  const critical = (id: Buffer, content: Buffer) => extension(id, der.yes, der.octets(content))
  const plain = (id: Buffer, content: Buffer) => extension(id, der.octets(content))
  return der.sequence(
    critical(basicConstraints, der.sequence()),
    critical(keyUsage, usage),
    plain(extKeyUsage, der.sequence(serverAuth)),
    // Any hash of the key is allowed (4.2.1.2).
    plain(subjectKeyIdentifier, der.octets(createHash('sha256').update(publicKey).digest().subarray(0, 20))),
    plain(subjectAltName, der.sequence(...names.map(generalName))),
  )
}

/** dNSName and iPAddress (4.2.1.6). */
const generalName = (name: string) =>
  isIP(name) > 0 ? der.implicit(7, addressBytes(name)) : der.implicit(2, Buffer.from(name))

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  // The shortest form has at most one `::`, and a dotted part only for mapped addresses.
  const shortest = new SocketAddress({ address, family: 'ipv6' }).address
  const hex = shortest.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number]
    return `${(256 * a + b).toString(16)}:${(256 * c + d).toString(16)}`
  })
  const [before = '', after] = hex.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [first, last] = [groups(before), groups(after ?? '')]
  const zeros = Array<string>(8 - first.length - last.length).fill('0')
  return Buffer.from([...first, ...zeros, ...last].map((group) => group.padStart(4, '0')).join(''), 'hex')
}
