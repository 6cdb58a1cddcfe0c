import { type RawSettings, readConfig } from '../../src/config.ts'
import { type Running, type StartOptions, start } from '../../src/main.ts'

/** The credentials and keys of a server that `startServer` starts; each is fixed, so tests can name them. */
export const credentials = {
  accessKeyId: 'testid',
  accessKeySecret: 'testsecret',
  productKey: 'a1TestKey01',
  instanceId: 'iot-1n8t0001',
  instanceProductKey: 'a1TestKey02',
} as const

/**
 * A server in this process, on a free port, with an empty store in memory. Quotas are off unless asked for.
 * @param options a clock of the test's own, say
 */
export function startServer(given: RawSettings = {}, options: StartOptions = {}): Promise<Running> {
  return start(
    readConfig(
      { ephemeral: true, port: '0', mqtt: 'off', logLevel: 'error', quota: 'off', ...credentials, ...given },
      {},
    ),
    options,
  )
}
