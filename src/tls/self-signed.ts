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

/** A certificate that is valid for less than this is replaced, in milliseconds: 30 days. */
const renewalMs = 30 * 24 * 60 * 60_000

/** A certificate of our own making, with what a person needs to trust it. */
export interface SelfSigned {
  /** PEM. */
  readonly key: string
  readonly cert: string
  /** SHA-256 of the certificate, as openssl and browsers show it. */
  readonly fingerprint: string
  /** Where clients find the certificate; undefined where it is kept in memory. */
  readonly file: string | undefined
}

/**
 * The self-signed certificate in the data folder: made at the first start, used again until it is about to
 * expire or the server listens at another name. Its key stays the same, unless it is one of RSA.
 *
 * @param folder undefined keeps it in memory
 * @param host where the server listens; the certificate also holds for localhost and for this machine's name
 * @throws Error when a file can't be read or is no key
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
    // Former versions drew RSA keys, which cost twice as much a handshake: one lasts as long as its certificate.
    if (isRsa(key) && expires(cert, clock.now())) replace(keyFile, (key = drawKey()))
    replace(file, make(key))
  }
  // Read again: of processes that start at once, all serve what one of them put there.
  return described(key, readFileSync(file, 'utf8'), file)
}

/** Puts a file in another's place, which no reader sees half written. */
function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, file)
}

/** P-256: every client since TLS 1.2 knows it, and a handshake costs about 0.6 of what it does with RSA. */
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
    // Told below.
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

/** Whether a certificate expires soon, or is none. */
function expires(cert: string, now: number): boolean {
  try {
    return new X509Certificate(cert).validToDate.getTime() - now <= renewalMs
  } catch {
    return true
  }
}

/** Whether a certificate is the key's, holds for the names and goes on doing so for a while. */
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
