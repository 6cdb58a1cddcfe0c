import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../lib/clock.ts'
import { ConfigurationError } from '../lib/configuration-error.ts'
import { writeNewFile } from '../lib/new-file.ts'
import type { Random } from '../lib/random.ts'
import { issue } from './issue.ts'

/** A certificate with less remaining validity is replaced, in milliseconds: 30 days. */
const renewalMs = 30 * 24 * 60 * 60_000

/** A generated certificate, with what a client needs to trust it. */
export interface SelfSigned {
  /** PEM. */
  readonly key: string
  readonly cert: string
  /** SHA-256 of the certificate, as openssl and browsers display it. */
  readonly fingerprint: string
  /** The file for clients to trust; undefined if it is in memory. */
  readonly file: string | undefined
}

/**
 * The self-signed certificate in the data folder: generated at the first start, and replaced when it is about
 * to expire or the server's name changes. Its key stays the same unless it is an RSA key.
 * @param folder undefined keeps it in memory
 * @param host the listen address; the certificate is also valid for localhost and this machine's name
 * @throws Error if a file can't be read or is no key
 */
export function selfSigned(
  folder: string | undefined,
  host: string,
  clock: Clock,
  random: Random,
): SelfSigned {
  const names = namesOf(host)
  const make = (key: string) => issue(key, names, clock.now(), random)
  if (folder === undefined) {
    const key = drawKey()
    return described(key, make(key), undefined)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [keyFile, file] = [join(folder, 'tls.key'), join(folder, 'tls.crt')]
  if (!existsSync(keyFile)) writeNewFile(keyFile, drawKey(), 0o600)
  let key = readKey(keyFile)
  if (!existsSync(file)) writeNewFile(file, make(key), 0o600)
  const cert = readFileSync(file, 'utf8')
  if (!serves(cert, key, names, clock.now())) {
    // Former versions generated RSA keys, which cost twice as much per handshake; each is used until its
    // certificate expires.
    if (isRsa(key) && expires(cert, clock.now())) replace(keyFile, (key = drawKey()))
    replace(file, make(key))
  }
  // Read again, so that processes that start together all serve the same certificate.
  return described(key, readFileSync(file, 'utf8'), file)
}

/** Replaces a file; readers never see it half written. */
function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, file)
}

/** P-256: supported by every client since TLS 1.2; a handshake takes about 0.6 of the time of RSA. */
const drawKey = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey

function readKey(file: string): string {
  const text = readFileSync(file, 'utf8')
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(text)
    if (asymmetricKeyType === 'rsa' || asymmetricKeyDetails?.namedCurve === 'prime256v1') return text
  } catch {
    // Reported below.
  }
  throw new ConfigurationError(
    `${file} is no P-256 or RSA key (PEM). Remove it, and the next start makes another.`,
  )
}

function namesOf(host: string): string[] {
  const everywhere = ['0.0.0.0', '::']
  const names = ['localhost', '127.0.0.1', '::1', host, hostname()]
  return [
    ...new Set(
      names.filter(
        (name) => !everywhere.includes(name) && (isIP(name) > 0 || /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)),
      ),
    ),
  ]
}

const isRsa = (key: string) => createPrivateKey(key).asymmetricKeyType === 'rsa'

/** Reports whether a certificate is invalid or expires soon. */
function expires(cert: string, now: number): boolean {
  try {
    return new X509Certificate(cert).validToDate.getTime() - now <= renewalMs
  } catch {
    return true
  }
}

/** Reports whether a certificate belongs to the key, is valid for the names, and does not expire soon. */
function serves(cert: string, key: string, names: readonly string[], now: number): boolean {
  try {
    const found = new X509Certificate(cert)
    return (
      found.checkPrivateKey(createPrivateKey(key)) &&
      !expires(cert, now) &&
      names.every((name) => (isIP(name) > 0 ? found.checkIP(name) : found.checkHost(name)))
    )
  } catch {
    return false
  }
}

const described = (key: string, cert: string, file: string | undefined): SelfSigned => ({
  key,
  cert,
  fingerprint: new X509Certificate(cert).fingerprint256,
  file,
})
