import assert from 'node:assert/strict'
import { after, afterEach, before } from 'node:test'
import type { RawSettings } from '../../src/config.ts'
import type { Running } from '../../src/main.ts'
import { credentials, startServer } from '../support/server.ts'
import { call, goodDevices } from '../support/sign.ts'
import { resetAll } from './connection.ts'

/**
 * A server for the tests of a file or suite. Whatever a test does to it, afterwards it must answer a good
 * call as if nothing had happened.
 */
export function served(given: RawSettings = {}): { readonly url: string } {
  let running: Running
  before(async () => {
    running = await startServer({ logLevel: 'silent', ...given })
  })
  afterEach(async () => {
    await resetAll()
    const { status, body } = await check(running.url, goodDevices(2))
    assert.deepEqual({ status, ...body, RequestId: '' }, { status: 200, RequestId: '', Success: true })
  })
  after(() => running.close())
  return {
    get url() {
      return running.url
    },
  }
}

export const check = (url: string, parameters: Readonly<Record<string, string>>) =>
  call(url, 'BatchCheckImportDevice', { ProductKey: credentials.productKey, ...parameters })
