import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { AccessKey } from '../../client/sign.ts'

/** The credentials that a first start wrote on this machine. */
export interface OwnServer {
  /** The file, as messages name it. */
  readonly file: string
  readonly accessKey: AccessKey
  readonly endpoint: string | undefined
  /** ProductKeys by instance ID; '' is the public instance. */
  readonly products: ReadonlyMap<string, string>
  /** The generated certificate, if the server uses one for HTTPS. */
  readonly certificate: string | undefined
}

/** Marks that `useOwnServer` set an option. */
export interface OwnServerOptions {
  readonly ownServer?: OwnServer
  /** True if the product comes from the file rather than from the user. */
  readonly isOwnProduct?: boolean
}

/** The environment variables used here. */
type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads credentials.env of the data folder: ROLLCALL_DATA, or ./data.
 * @returns undefined if it does not exist, is unreadable for this user, or has no access key
 */
export function ownServer(env: Environment): OwnServer | undefined {
  const file = join(env.ROLLCALL_DATA || 'data', 'credentials.env')
  const values = valuesIn(textOf(file) ?? '')
  const [id, secret] = [values.ALIBABA_CLOUD_ACCESS_KEY_ID, values.ALIBABA_CLOUD_ACCESS_KEY_SECRET]
  if (!id || !secret) return undefined
  const pairs = [
    ['', values.ROLLCALL_PRODUCT_KEY],
    [values.ROLLCALL_INSTANCE_ID, values.ROLLCALL_INSTANCE_PRODUCT_KEY],
  ].filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
  return {
    file,
    accessKey: { id, secret },
    endpoint: values.ROLLCALL_ENDPOINT,
    products: new Map(pairs),
    certificate: values.NODE_EXTRA_CA_CERTS && textOf(values.NODE_EXTRA_CA_CERTS),
  }
}

/** Parses lines NAME='value' of a shell file. */
function valuesIn(text: string): Readonly<Record<string, string>> {
  const lines = text.matchAll(/^(\w+)='((?:[^'\n]|'\\'')*)'\r?$/gm)
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value!.replaceAll(`'\\''`, "'")]))
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Reports whether an endpoint is a loopback address. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint.includes('://') ? endpoint : `https://${endpoint}`)
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/**
 * Runs before a command calls an endpoint: if the endpoint is on this machine and no access key was given, the
 * command uses the one in credentials.env, and prints that. The product also comes from that file unless one
 * was given.
 */
export function useOwnServer(command: Command, env: Environment = process.env): void {
  const options = command.opts<{ endpoint: string; product?: string; instance?: string; offline?: true }>()
  if (options.offline) return
  const own = ownServer(env)
  if (own === undefined) return
  const isGiven = (name: string) => !['default', undefined].includes(command.getOptionValueSource(name))
  const endpoint = isGiven('endpoint') ? options.endpoint : (own.endpoint ?? options.endpoint)
  if (!URL.canParse(endpoint) || !isLoopback(endpoint)) return
  const keyId = env.ALIBABA_CLOUD_ACCESS_KEY_ID
  if (isGiven('accessKeyId') || isGiven('profile') || (!keyId && env.ALIBABA_CLOUD_PROFILE)) return
  // The environment may contain the values of that very file.
  if (keyId && keyId !== own.accessKey.id) return
  const used: string[] = []
  if (!keyId) {
    command.setOptionValueWithSource('ownServer', own, 'config')
    command.setOptionValueWithSource('endpoint', endpoint, 'config')
    used.push(`the access key ${own.accessKey.id} at ${endpoint}`)
  }
  const takesProduct = command.options.some(({ long }) => long === '--product')
  const product = own.products.get(options.instance ?? '')
  if (takesProduct && !options.product && product !== undefined) {
    command.setOptionValueWithSource('product', product, 'config')
    command.setOptionValueWithSource('isOwnProduct', true, 'config')
    used.push(`the product ${product}`)
  }
  if (used.length > 0) process.stderr.write(`using ${used.join(' and ')}, from ${own.file}\n`)
}
