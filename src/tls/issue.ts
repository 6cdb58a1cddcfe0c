import { isIP } from 'node:net'
// One object that carries everything; it has no named exports.
import forge from 'node-forge'
import type { Random } from '../lib/random.ts'

/** Apple's clients reject server certificates that are valid for longer. */
const validityDays = 825
const dayMs = 24 * 60 * 60_000

// The kinds of a GeneralName (RFC 5280, 4.2.1.6).
const dnsName = 2
const ipAddress = 7

/**
 * A certificate that signs itself. It is no authority: a client that trusts it trusts this server alone.
 * @param key RSA, PEM
 * @param names DNS names and IP addresses that it holds for
 * @returns PEM
 */
export function issue(key: string, names: readonly string[], now: number, random: Random): string {
  const { pki } = forge
  const privateKey = pki.privateKeyFromPem(key)
  const certificate = pki.createCertificate()
  certificate.publicKey = pki.setRsaPublicKey(privateKey.n, privateKey.e)
  // Positive and at most 20 bytes (RFC 5280, 4.1.2.2).
  certificate.serialNumber = `01${random.bytes(15).toString('hex')}`
  // A client's clock may be behind.
  certificate.validity.notBefore = new Date(now - dayMs)
  certificate.validity.notAfter = new Date(now + (validityDays - 1) * dayMs)
  const name = [{ shortName: 'CN', value: 'rollcall' }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'subjectAltName',
      altNames: names.map((value) =>
        isIP(value) > 0 ? { type: ipAddress, ip: value } : { type: dnsName, value },
      ),
    },
  ])
  certificate.sign(privateKey, forge.md.sha256.create())
  return pki.certificateToPem(certificate)
}
