import { Command } from 'commander'
import type { Answer } from '../../client/outcome.ts'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect, type EndpointOptions, withEndpoint } from '../endpoint/connect.ts'
import { pagesOf } from './pages.ts'

export interface DevicesOptions extends EndpointOptions {
  readonly product?: string
  readonly instance?: string
  readonly json?: true
}

/** The maximum page size of QueryDevice. */
const pageSize = 50

const productDoc = 'ProductKey of the product; default: that of credentials.env, if its access key is used.'

/** A command about the devices of a product. */
export const ofProduct = (name: string, description: string) =>
  withEndpoint(new Command(name).description(description))
    .option('--product <key>', productDoc)
    .option('--instance <id>', 'ID of the product’s instance, if it has one.')

/** @throws CliError if no product was named, and no file names one */
export function productOf({ product, instance }: DevicesOptions) {
  if (product === undefined)
    throw new CliError('usage', 'name the product: --product PRODUCTKEY (rollcall products lists them)')
  return { ProductKey: product, ...(instance !== undefined && { IotInstanceId: instance }) }
}

/** Does something with the devices of a product, page by page. */
export async function withPages(
  options: DevicesOptions,
  use: (pages: AsyncIterable<Answer[]>, total: () => number) => Promise<void>,
): Promise<void> {
  const { client, close } = connect(options)
  let total = 0
  try {
    const pages = pagesOf(client, 'QueryDevice', productOf(options), pageSize, (answer) => {
      total = answer.Total ?? 0
      return [answer.Data?.DeviceInfo ?? [], total]
    })
    await use(pages, () => total)
  } catch (error) {
    throw cliErrorOf(error)
  } finally {
    close()
  }
}
