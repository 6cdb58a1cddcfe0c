import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { whyNotWritable } from '../data-folder.ts'
import type { FirstKeyStorage } from '../main.ts'
import type { FirstAccount } from '../registry/first-start.ts'

/** Where the secret of a first start is left, or why it can't be left anywhere. */
type Place =
  | { readonly kind: 'file'; readonly file: string }
  /** The operator has chosen it, so it need not be kept. */
  | { readonly kind: 'given' }
  | { readonly kind: 'terminal' }
  | { readonly kind: 'nowhere'; readonly why: string }

export interface FirstKeyPlace extends FirstKeyStorage {
  readonly place: Place
}

const fileName = 'credentials.env'

/**
 * Keeps what a first start makes in a file of the data folder, which is made for it; without a folder that can be
 * written, on the terminal that standard error is.
 * @param terminal whether standard error is one
 */
export function firstKeyPlaceOf(
  { folder, first }: Pick<Config, 'folder' | 'first'>,
  terminal: boolean = process.stderr.isTTY === true,
): FirstKeyPlace {
  const place = placeOf(folder, first.accessKeySecret !== undefined, terminal)
  return {
    place,
    ready() {
      if (place.kind !== 'nowhere') return
      throw new Error(
        `the store is empty, and the access key that a first start draws could not be kept${place.why}. Set ROLLCALL_ACCESS_KEY_ID and ROLLCALL_ACCESS_KEY_SECRET to a key of your choice, or make the data folder writable, or start on a terminal, which is shown the key once`,
      )
    },
    save(first, url, trusted) {
      if (place.kind !== 'file') return
      mkdirSync(dirname(place.file), { recursive: true, mode: 0o700 })
      writeFileSync(place.file, environmentOf(first, url, trusted), { mode: 0o600 })
      // A file that was there before keeps its mode otherwise.
      chmodSync(place.file, 0o600)
    },
  }
}

function placeOf(folder: string | undefined, isGiven: boolean, terminal: boolean): Place {
  let why = ': an ephemeral server writes no file'
  if (folder !== undefined) {
    const file = join(folder, fileName)
    const problem = whyNotWritable(folder, fileName)
    if (problem === undefined) return { kind: 'file', file }
    why = ` in ${file}: ${problem}`
  }
  if (isGiven) return { kind: 'given' }
  return terminal ? { kind: 'terminal' } : { kind: 'nowhere', why }
}

/** The key of a first start that is kept nowhere, for the terminal. */
export const showOnce = ({ accessKeyId, accessKeySecret }: FirstAccount) => `
This access key is kept nowhere and shown once; write it down:

  AccessKeyId       ${accessKeyId}
  AccessKeySecret   ${accessKeySecret}

`

/**
 * What a first start made, in words. The secret is shown only if standard output is a terminal: a log that
 * catches it must not hold a secret.
 */
export function printCredentials(first: FirstAccount, place: Place): string {
  const shown = process.stdout.isTTY ? first.accessKeySecret : undefined
  const secret =
    place.kind === 'file'
      ? (shown ?? `in ${place.file}`)
      : place.kind === 'given'
        ? 'the one that you gave'
        : '(on standard error, once)'
  return `
The store was empty. Rollcall made an account in it:

  AccessKeyId       ${first.accessKeyId}
  AccessKeySecret   ${secret}
  public instance   no IotInstanceId; gateway product ${first.productKey}
  Standard Enterprise Edition instance
                    IotInstanceId ${first.instanceId}; gateway product ${first.instanceProductKey}
${place.kind === 'file' ? snippet(place.file) : ''}`
}

/** A file for the shell; the Alibaba clients read the first two names by themselves. */
function environmentOf(first: FirstAccount, url: string, trusted: string | undefined): string {
  return `${Object.entries({
    ALIBABA_CLOUD_ACCESS_KEY_ID: first.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: first.accessKeySecret,
    // A server on every address is called here through this one.
    ROLLCALL_ENDPOINT: url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:'),
    ROLLCALL_PRODUCT_KEY: first.productKey,
    ROLLCALL_INSTANCE_ID: first.instanceId,
    ROLLCALL_INSTANCE_PRODUCT_KEY: first.instanceProductKey,
    ...(trusted && { NODE_EXTRA_CA_CERTS: resolve(trusted) }),
  })
    .map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join('\n')}\n`
}

/** A first call that can be pasted into a shell: it needs nothing but Node.js, and holds no secret. */
const snippet = (file: string) => `
Verify two devices (paste this into a shell in this folder; the second device is wrong on purpose):

set -a; . "${file.startsWith('/') ? file : `./${file}`}"; set +a
node --input-type=module <<'JS'
import { createHmac, randomUUID } from 'node:crypto'
const env = process.env
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())
const parameters = {
  Action: 'BatchCheckImportDevice', Version: '2018-01-20', Format: 'JSON',
  AccessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID, SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0',
  SignatureNonce: randomUUID(), Timestamp: new Date().toISOString().slice(0, 19) + 'Z',
  ProductKey: env.ROLLCALL_PRODUCT_KEY,
  'DeviceList.1.DeviceName': 'light-0001', 'DeviceList.1.DeviceSecret': 'b4d43f7e10ba5e5',
  'DeviceList.2.DeviceName': 'light%', 'DeviceList.2.DeviceSecret': '912179700210b4', 'DeviceList.2.Sn': 'QC4001',
}
const query = Object.keys(parameters).sort().map((name) => encode(name) + '=' + encode(parameters[name])).join('&')
const Signature = createHmac('sha1', env.ALIBABA_CLOUD_ACCESS_KEY_SECRET + '&').update('POST&%2F&' + encode(query)).digest('base64')
const answer = await fetch(env.ROLLCALL_ENDPOINT, { method: 'POST', body: new URLSearchParams({ ...parameters, Signature }) })
console.log(await answer.text())
JS

Connect your first device: docs/guide/first-device.md
`
