import { createHmac } from 'node:crypto'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect, endpointOf } from '../endpoint/connect.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'
import { shownPayload } from './messages.ts'
import { connectMqtt } from './mqtt-client.ts'

type ConnectOptions = DevicesOptions & {
  readonly mqtt?: string
  readonly subscribe?: readonly string[]
  readonly publish?: string
}

/** `rollcall devices connect NAME`: connects as the device with its secret from the endpoint. */
export function connectCommand(): Command {
  return ofProduct(
    'connect',
    'Connect as a device: print what it gets, and publish each line of standard input.',
  )
    .argument('<name>', 'its DeviceName')
    .option('--mqtt <address>', 'Where devices connect; the host of --endpoint and port 1883 if not given.')
    .option('--subscribe <filter...>', 'Topics to subscribe to; all that the device may if not given.')
    .option(
      '--publish <topic>',
      'The topic for lines of standard input; /PRODUCTKEY/NAME/user/update if not given.',
    )
    .action(async (name: string, options: ConnectOptions) => {
      const product = productOf(options)
      const { ProductKey } = product
      const secret = await secretOf(options, product, name)
      const own = `/${ProductKey}/${name}/user`
      const client = await connectMqtt({
        ...signInOf(ProductKey, name, secret),
        address: addressOf(options),
        trusted: options.ownServer?.certificate,
        onMessage: (topic, payload) => process.stdout.write(`${topic} ${shownPayload(payload)}\n`),
      })
      const filters = options.subscribe ?? ['#', `${own}/#`]
      const granted = await client.subscribe(filters)
      const refused = filters.filter((_, i) => !granted[i])
      if (refused.length === filters.length || (options.subscribe && refused.length > 0))
        throw new CliError('usage', `the device may not subscribe to ${refused.join(', ')}`)
      process.stderr.write(`connected as ${name}; lines of standard input are published, Ctrl-C ends it\n`)
      await Promise.race([publishLines(options.publish ?? `${own}/update`, client.publish), client.closed])
    })
}

/** Publishes until standard input ends, then continues to print received messages. */
async function publishLines(
  topic: string,
  publish: (topic: string, line: string) => Promise<void>,
): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) await publish(topic, line)
  await new Promise(() => {})
}

async function secretOf(
  options: ConnectOptions,
  product: ReturnType<typeof productOf>,
  name: string,
): Promise<string> {
  const { client, close } = connect(options)
  try {
    const { Data } = await client.call('QueryDeviceDetail', { ...product, DeviceName: name })
    return Data.DeviceSecret
  } catch (error) {
    throw cliErrorOf(error)
  } finally {
    close()
  }
}

/** The MQTT credentials of a device: an HMAC proves the secret without sending it. */
function signInOf(productKey: string, name: string, secret: string) {
  const content = `clientId${name}deviceName${name}productKey${productKey}`
  return {
    clientId: `${name}|securemode=3,signmethod=hmacsha256|`,
    username: `${name}&${productKey}`,
    password: createHmac('sha256', secret).update(content).digest('hex'),
  }
}

function addressOf({ mqtt, endpoint }: ConnectOptions): string {
  const address = mqtt ?? `mqtt://${new URL(endpointOf(endpoint)).hostname}:1883`
  const withScheme = address.includes('://') ? address : `mqtt://${address}`
  if (URL.canParse(withScheme) && /^mqtts?:$/.test(new URL(withScheme).protocol)) return withScheme
  throw new CliError(
    'usage',
    `--mqtt must be like mqtt://127.0.0.1:1883 or mqtts://host:8883, not ${JSON.stringify(address)}`,
  )
}
