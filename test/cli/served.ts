import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type Ended, type Place, temporaryPlace } from '../support/process.ts'
import { credentialsOf } from './credentials.ts'

/** A server, and a place whose environment has its credentials. */
export async function served(t: TestContext, ...flags: string[]) {
  const place = temporaryPlace(t)
  const { url, process } = await place.serve(...flags)
  const { id, secret, productKey } = credentialsOf(place)
  const here = place.with({
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ROLLCALL_ENDPOINT: url,
    HOME: place.folder,
  })
  return { here, url, server: process, productKey, key: { id, secret }, product: ['--product', productKey] }
}

/** A file of good devices, those from one number to below another. */
export function lamps(to: number, from = 0): string {
  const rows = Array.from(
    { length: to - from },
    (_, i) => `lamp-${from + i},s3cret-of-${from + i},QC${from + i}\n`,
  )
  return `name,secret,sn\n${rows.join('')}`
}

/** The output of `check --json` or `import --json`, with the status; its sums are equal. */
export async function tallyOf(ended: Promise<Ended>) {
  const { status, stdout, stderr } = await ended
  assert.notEqual(stdout, '', stderr)
  const tally = JSON.parse(stdout)
  assert.equal(tally.accepted + tally.rejected + tally.skipped, tally.rows)
  return { status, stderr, ...tally }
}

/** The devices of a product in the store, as rows of name, secret and serial number. */
export async function stored(here: Place, productKey: string): Promise<string[]> {
  const { stdout } = await here.run('export', '--product', productKey, '--format', 'jsonl')
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ DeviceName, DeviceSecret, Sn }) => `${DeviceName},${DeviceSecret},${Sn}\n`)
    .sort()
}

/** The same of a file. */
export const rowsIn = (file: string) =>
  file
    .split(/(?<=\n)/)
    .slice(1)
    .sort()
