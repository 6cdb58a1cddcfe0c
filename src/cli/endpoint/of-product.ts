import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { type EndpointOptions, withEndpoint } from './connect.ts'

export interface DevicesOptions extends EndpointOptions {
  readonly product?: string
  readonly instance?: string
  readonly json?: true
}

const productDoc =
  'The ProductKey of the product; without it the one in credentials.env, if the access key is that of credentials.env.'

/** A command about the devices of a product. */
export const ofProduct = (name: string, description: string) =>
  withEndpoint(new Command(name).description(description))
    .option('--product <key>', productDoc)
    .option('--instance <id>', 'The ID of its instance, where that has one.')

/** @throws CliError if no product was named, and no file names one */
export function productOf({ product, instance }: DevicesOptions) {
  if (product === undefined)
    throw new CliError('usage', 'name the product: --product PRODUCTKEY (rollcall products lists them)')
  return { ProductKey: product, ...(instance !== undefined && { IotInstanceId: instance }) }
}
