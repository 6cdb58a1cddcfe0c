import { chmodSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FirstAccount } from '../registry/first-start.ts'

const fileIn = (folder: string) => join(folder, 'credentials.env')

/**
 * Writes down what a first start made, in a file that only its owner reads.
 * @param folder the data folder; undefined for a store in memory, which leaves no file
 * @param trusted the certificate that clients must trust, where Rollcall made it
 */
export function keepCredentials(
  first: FirstAccount,
  url: string,
  folder: string | undefined,
  trusted?: string,
): void {
  if (folder === undefined) return
  const file = fileIn(folder)
  writeFileSync(file, environmentOf(first, url, trusted), { mode: 0o600 })
  // A file that was there before keeps its mode otherwise.
  chmodSync(file, 0o600)
}

/**
 * What a first start made, in words. The secret is shown only where standard output is a terminal: a log that
 * catches it must not hold a secret.
 */
export function tellCredentials(first: FirstAccount, folder: string | undefined): string {
  const file = folder === undefined ? undefined : fileIn(folder)
  const shownSecret = process.stdout.isTTY
    ? first.accessKeySecret
    : file === undefined
      ? '(shown to a terminal only)'
      : `in ${file}`
  return `
The store was empty. Rollcall made an account in it:

  AccessKeyId       ${first.accessKeyId}
  AccessKeySecret   ${shownSecret}
  public instance   no IotInstanceId; gateway product ${first.productKey}
  Standard Enterprise Edition instance
                    IotInstanceId ${first.instanceId}; gateway product ${first.instanceProductKey}
${file === undefined ? '' : snippet(file)}`
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
`
