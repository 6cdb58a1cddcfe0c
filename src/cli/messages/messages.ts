import type { Command } from 'commander'
import type { FollowedMessage } from '../../client/follow.ts'
import { CliError } from '../cli-error.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'
import { followMessages } from './follow.ts'

type MessagesOptions = DevicesOptions & { readonly follow?: true; readonly device?: string }

/** `rollcall messages --follow`: output for programs. */
export function messagesCommand(): Command {
  return ofProduct('messages', 'Print what devices send, as it arrives, one JSON object a line.')
    .option('--follow', 'Print messages until it is interrupted; nothing else is possible.')
    .option('--device <name>', 'The messages of one device.')
    .action(async ({ follow, device, ...options }: MessagesOptions) => {
      if (follow === undefined) throw new CliError('usage', 'give --follow: only new messages can be printed')
      await printAll(options, device, (message) => JSON.stringify(message))
    })
}

/** `rollcall devices watch`: output for people. */
export function watchCommand(): Command {
  return ofProduct('watch', 'Print what devices send, as it arrives.')
    .argument('[name]', 'the DeviceName of one of them')
    .option('--json', 'Print JSON, one object a line.')
    .action((name: string | undefined, options: DevicesOptions) =>
      printAll(options, name, options.json ? JSON.stringify : inWords),
    )
}

async function printAll(
  options: DevicesOptions,
  device: string | undefined,
  lineOf: (message: FollowedMessage) => string,
): Promise<void> {
  const parameters = { ...productOf(options), ...(device !== undefined && { DeviceName: device }) }
  const connected = () => process.stderr.write('waiting for messages; Ctrl-C ends it\n')
  for await (const message of followMessages(options, parameters, connected))
    process.stdout.write(`${lineOf(message)}\n`)
}

const inWords = ({ generateTime, deviceName, topic, payload }: FollowedMessage) =>
  `${new Date(generateTime).toISOString()} ${deviceName} ${topic} ${shownPayload(Buffer.from(payload, 'base64'))}`

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
