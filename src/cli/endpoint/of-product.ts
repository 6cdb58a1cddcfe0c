import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { type EndpointOptions, withEndpoint } from './connect.ts'

export interface DevicesOptions extends EndpointOptions {
  readonly product?: string
  readonly instance?: string
  readonly json?: true
}

const productDoc = 'ProductKey of the product; default: that of credentials.env, if its access key is used.'

/** Creates a command on the devices of a product. */
export const ofProduct = (name: string, description: string) =>
  withEndpoint(new Command(name).description(description))
    .option('--product <key>', productDoc)
    .option('--instance <id>', 'ID of the product’s instance, if it has one.')

/** @throws CliError if no product was given and no file names one */
export function productOf({ product, instance }: DevicesOptions) {
  if (product === undefined)
    throw new CliError('usage', 'name the product: --product PRODUCTKEY (rollcall products lists them)')
  return { ProductKey: product, ...(instance !== undefined && { IotInstanceId: instance }) }
}
