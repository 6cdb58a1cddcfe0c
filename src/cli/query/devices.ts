import { Command } from 'commander'
import { serialOf } from '../../export/devices.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'
import { connectCommand } from '../messages/connect.ts'
import { watchCommand } from '../messages/messages.ts'
import { publishCommand } from '../messages/publish.ts'
import { print } from '../print.ts'
import { wholeUpTo } from '../whole-number.ts'
import { logCommand } from './device-log.ts'
import { withPages } from './device-pages.ts'
import { exportCommand } from './export-devices.ts'

type ListOptions = DevicesOptions & { readonly limit: number }
export function devicesCommand(): Command {
  return new Command('devices')
    .description('Query and export the devices of a product.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(logCommand())
    .addCommand(exportCommand())
    .addCommand(watchCommand())
    .addCommand(publishCommand())
    .addCommand(connectCommand())
}

function listCommand(): Command {
  return ofProduct('list', 'List the newest devices of a product.')
    .option('--limit <count>', 'Maximum number of devices.', wholeUpTo(1_000_000), 50)
    .option('--json', 'Print JSON.')
    .action((options: ListOptions) =>
      withPages(options, async (pages) => {
        const { limit } = options
        const rows: Record<string, unknown>[] = []
        for await (const devices of pages) {
          for (const { DeviceName, Nickname, DeviceStatus, UtcCreate } of devices)
            rows.push({ DeviceName, Nickname, DeviceStatus, UtcCreate })
          if (rows.length >= limit) break
        }
        print(rows.slice(0, limit), options)
      }),
    )
}

function showCommand(): Command {
  return ofProduct('show', 'Print the details of a device; its secret with --json only.')
    .argument('<name>', 'its DeviceName')
    .option('--json', 'Print JSON.')
    .action(async (name: string, options: DevicesOptions) => {
      const { client, close } = connect(options)
      try {
        const product = productOf(options)
        const { Data } = await client.call('QueryDeviceDetail', { ...product, DeviceName: name })
        const Sn = await serialOf(client, product, name)
        const device = { ...Data, ...(Sn !== undefined && { Sn }) }
        if (options.json) print([device], options)
        else {
          const { DeviceSecret: _, ...told } = device
          const width = Math.max(...Object.keys(told).map(({ length }) => length))
          for (const [member, value] of Object.entries(told))
            process.stdout.write(`${`${member.padEnd(width)}  ${value}`.trimEnd()}\n`)
        }
      } catch (error) {
        throw cliErrorOf(error)
      } finally {
        close()
      }
    })
}
