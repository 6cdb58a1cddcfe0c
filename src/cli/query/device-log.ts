import type { Command } from 'commander'
import type { ConnectionEvent } from '../../client/connection-events.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'
import { print } from '../print.ts'
import { wholeUpTo } from '../whole-number.ts'

type LogOptions = DevicesOptions & { readonly limit: number }

/** As many events as the server keeps of a device. */
const eventsMax = 100

/** `rollcall devices log NAME`. */
export function logCommand(): Command {
  return ofProduct('log', 'Print the connects, disconnects and refused sign-ins of a device, newest first.')
    .argument('<name>', 'its DeviceName')
    .option('--limit <count>', 'Maximum number of events.', wholeUpTo(eventsMax), eventsMax)
    .option('--json', 'Print JSON.')
    .action(async (name: string, options: LogOptions) => {
      const { client, close } = connect(options)
      try {
        const device = { ...productOf(options), DeviceName: name }
        const { Data } = await client.call('ListConnectionEvents', {
          ...device,
          MaxResults: String(options.limit),
        })
        const events: readonly ConnectionEvent[] = Data.Event
        if (options.json)
          print(
            events.map((event) => ({ ...event })),
            options,
          )
        else if (events.length === 0)
          process.stderr.write(
            'the device has not connected, and no sign-in of it was refused, in the last 30 days\n',
          )
        else print(events.map(inWords), options)
      } catch (error) {
        throw cliErrorOf(error)
      } finally {
        close()
      }
    })
}

const inWords = (event: ConnectionEvent) => ({
  Time: new Date(event.LastTime).toISOString(),
  Event: event.Count > 1 ? `${event.Type} ×${event.Count}` : event.Type,
  Reason: [event.Reason, event.Detail].filter(Boolean).join(': ') || undefined,
  IpAddress: event.IpAddress,
  Node: event.Node,
  MQTT: event.ProtocolVersion,
  ClientId: event.ClientId || undefined,
})
