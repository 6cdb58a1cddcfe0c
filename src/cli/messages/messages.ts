import { type Command, Option } from 'commander'
import type { FollowedMessage } from '../../client/follow.ts'
import { CliError } from '../cli-error.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'
import { followMessages } from './follow.ts'

interface Direction {
  readonly direction: string
}
type MessagesOptions = DevicesOptions & Direction & { readonly follow?: true; readonly device?: string }

const directionOption = () =>
  new Option(
    '--direction <which>',
    'up: what devices send; down: what becomes of messages to them; all: both.',
  )
    .choices(['up', 'down', 'all'])
    .default('up')

/** `rollcall messages --follow`: output for programs. */
export function messagesCommand(): Command {
  return ofProduct('messages', 'Print what devices send, as it arrives, one JSON object a line.')
    .option('--follow', 'Print messages until it is interrupted; nothing else is possible.')
    .option('--device <name>', 'The messages of one device.')
    .addOption(directionOption())
    .action(async ({ follow, device, ...options }: MessagesOptions) => {
      if (follow === undefined) throw new CliError('usage', 'give --follow: only new messages can be printed')
      await printAll(options, device, (message) => JSON.stringify(message))
    })
}

/** `rollcall devices watch`: output for people. */
export function watchCommand(): Command {
  return ofProduct('watch', 'Print what devices send, as it arrives.')
    .argument('[name]', 'the DeviceName of one of them')
    .addOption(directionOption())
    .option('--json', 'Print JSON, one object a line.')
    .action((name: string | undefined, options: DevicesOptions & Direction) =>
      printAll(options, name, options.json ? JSON.stringify : inWords),
    )
}

async function printAll(
  options: DevicesOptions & Direction,
  device: string | undefined,
  lineOf: (message: FollowedMessage) => string,
): Promise<void> {
  const parameters = {
    ...productOf(options),
    ...(device !== undefined && { DeviceName: device }),
    // An older server knows no directions.
    ...(options.direction !== 'up' && { Direction: options.direction }),
  }
  const connected = () => process.stderr.write('waiting for messages; Ctrl-C ends it\n')
  for await (const message of followMessages(options, parameters, connected))
    process.stdout.write(`${lineOf(message)}\n`)
}

/** A message to a device begins with its id and what has become of it. */
function inWords({ generateTime, deviceName, messageId, topic, payload, state }: FollowedMessage): string {
  const content = shownPayload(Buffer.from(payload, 'base64'))
  const delivery = state === undefined ? [] : [`message ${messageId}`, state]
  return [new Date(generateTime).toISOString(), deviceName, ...delivery, topic, content]
    .filter(Boolean)
    .join(' ')
}

/** Formats a payload as one line of text, or as Base64 if it is not text. */
export function shownPayload(payload: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
    if (!/[^\P{Cc}\t]/u.test(text)) return text
  } catch {
    // It is not UTF-8.
  }
  return `base64:${Buffer.from(payload).toString('base64')}`
}
