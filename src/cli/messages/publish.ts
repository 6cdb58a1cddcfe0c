import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'

type PublishOptions = DevicesOptions & { readonly qos: string }

/** `rollcall devices publish NAME TOPIC [MESSAGE]`. */
export function publishCommand(): Command {
  return ofProduct('publish', 'Send a message to a device.')
    .argument('<name>', 'its DeviceName')
    .argument('<topic>', 'such as /user/get, or /PRODUCTKEY/NAME/user/get of an ordinary product')
    .argument('[message]', 'the message; without it standard input is sent')
    .addOption(
      new Option('--qos <level>', '1 keeps the message until the device acknowledges it, at most 7 days.')
        .choices(['0', '1'])
        .default('1'),
    )
    .action(async (name: string, topic: string, message: string | undefined, options: PublishOptions) => {
      const { client, close } = connect(options)
      try {
        const content = message === undefined ? readFileSync(0) : Buffer.from(message)
        const { MessageId } = await client.call('Pub', {
          ...productOf(options),
          DeviceName: name,
          TopicFullName: topic,
          MessageContent: content.toString('base64'),
          Qos: options.qos,
        })
        process.stdout.write(`sent as message ${MessageId}\n`)
      } catch (error) {
        throw cliErrorOf(error)
      } finally {
        close()
      }
    })
}
