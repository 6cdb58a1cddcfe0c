import type { TestContext } from 'node:test'
import { temporaryPlace } from '../../support/process.ts'
import { call, goodDevices, send } from '../../support/sign.ts'
import { key, ProductKey, withKnownKey } from '../load.ts'

/** A server of two workers. */
export async function serving(t: TestContext, ...flags: string[]) {
  const here = withKnownKey(temporaryPlace(t))
  return { here, ...(await here.serve('--workers', '2', ...flags)) }
}

export const check = (url: string, count: number, nonce?: string) =>
  call(
    url,
    'BatchCheckImportDevice',
    { ProductKey, ...goodDevices(count) },
    { ...key, ...(nonce && { nonce }) },
  )

/** A measure as a worker reports it for all of them; NaN where it is none. */
export async function metric(url: string, name: string): Promise<number> {
  const { text } = await send(url, { method: 'GET', path: '/metrics' })
  const line = text.split('\n').find((line) => line.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1))
}
