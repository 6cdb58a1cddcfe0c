import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { type Client, type ClientOptions, createClient } from '../../client/client.ts'
import type { Operation } from '../../client/operations.ts'
import { Refused, Unreachable } from '../../client/outcome.ts'
import type { SignatureVersion } from '../../client/sign.ts'
import { systemClock } from '../../lib/clock.ts'
import { CliError } from '../cli-error.ts'
import { environment } from '../environment.ts'
import { wholeUpTo } from '../whole-number.ts'
import { accessKeyOf } from './access-key.ts'
import { isLoopback, type OwnServerOptions, useOwnServer } from './own-server.ts'
import { hashes, sender } from './send.ts'

/** Options of every command that calls an endpoint. */
export interface EndpointOptions extends OwnServerOptions {
  readonly endpoint: string
  readonly accessKeyId?: string
  readonly accessKeySecretFile?: string
  readonly profile?: string
  readonly signature: SignatureVersion
  /** Seconds. */
  readonly timeout: number
}

/** Adds the options for endpoint and credentials to a command. */
export function withEndpoint(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--endpoint <url>',
        'The endpoint, such as http://127.0.0.1:8080 or iot.cn-shanghai.aliyuncs.com.',
      )
        .env('ROLLCALL_ENDPOINT')
        .default('http://127.0.0.1:8080'),
    )
    .option(
      '--access-key-id <id>',
      'AccessKeyId; default: ALIBABA_CLOUD_ACCESS_KEY_ID and …_SECRET, else credentials.env of ROLLCALL_DATA or ./data for an endpoint on this machine, else the profile file.',
    )
    .option('--access-key-secret-file <file>', 'File with the secret of --access-key-id.')
    .option('--profile <name>', 'Profile in ~/.aliyun/config.json or ~/.alibabacloud/credentials.')
    .addOption(
      new Option(
        '--signature <version>',
        'Signature version; v3 is ACS3-HMAC-SHA256, v1 the older HMAC-SHA1.',
      )
        .choices(['v1', 'v3'])
        .default('v3'),
    )
    .option('--timeout <seconds>', 'Abort a call after this time without data.', wholeUpTo(3600), 60)
    .hook('preAction', (_, action) => useOwnServer(action))
}

/** Reads Rollcall's operations from the generated catalogue. */
export function readCatalogue(): readonly Operation[] {
  return JSON.parse(readFileSync(new URL('../../../docs/reference/catalogue.json', import.meta.url), 'utf8'))
}

/**
 * Creates the client of one command, with a function that closes its connections.
 * @param signal aborts delays between retries, but no call
 */
export function connect(
  options: EndpointOptions,
  more: Pick<ClientOptions, 'onSigned' | 'onThrottled' | 'tries'> = {},
  signal?: AbortSignal,
): { readonly client: Client; close(): void } {
  const { send, close } = sender(options.timeout * 1000, options.ownServer?.certificate)
  const client = createClient({
    endpoint: endpointOf(options.endpoint),
    accessKey: keyOf(options),
    signature: options.signature,
    operations: readCatalogue(),
    send,
    hashes,
    clock: systemClock,
    nonce: () => randomBytes(16).toString('hex'),
    random: Math.random,
    wait: (milliseconds) => waitUnless(signal, milliseconds),
    ...more,
  })
  return { client, close }
}

/** @throws CliError if it is interrupted */
async function waitUnless(signal: AbortSignal | undefined, milliseconds: number): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal && { signal })
  } catch {
    throw new CliError('interrupted', 'interrupted')
  }
}

/** @throws CliError if it is not a server address */
export function endpointOf(text: string): string {
  const withScheme = text.includes('://') ? text : `https://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.pathname !== '/' ||
    url.search
  )
    throw new CliError(
      'usage',
      // The part before an '@' may be a secret.
      `the endpoint ${JSON.stringify(text.replace(/.*@/, '…@'))} must be like http://127.0.0.1:8080 or https://iot.cn-shanghai.aliyuncs.com`,
    )
  return url.origin
}

/** Returns the access key of a command. @throws CliError if there is none */
export function keyOf(options: EndpointOptions) {
  if (options.ownServer !== undefined) return options.ownServer.accessKey
  try {
    return accessKeyOf({ ...options, env: environment, home: homedir() })
  } catch (error) {
    if (error instanceof CliError) throw error
    const { message } = error as Error
    const hint = isLoopback(endpointOf(options.endpoint))
      ? '; a server on this machine writes one to credentials.env in its data folder: run the command in the folder that contains data, or set ROLLCALL_DATA'
      : ''
    throw new CliError('unreachable', `${message}${hint}`)
  }
}

/** Converts an error of a call to one with an exit status. */
export function cliErrorOf(error: unknown): unknown {
  if (error instanceof Unreachable) return new CliError('unreachable', `could not reach ${error.message}`)
  if (!(error instanceof Refused)) return error
  if (error.isAuthentication || error.isOutcomeUnknown || error.isThrottling || error.code === '')
    return new CliError('unreachable', error.message)
  return new CliError('usage', error.message)
}
