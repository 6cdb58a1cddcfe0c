import { Command, Option } from 'commander'
import type { Registry } from '../../registry/registry.ts'
import { type AuthType, authTypes } from '../../rules/product-fields.ts'
import { print } from '../print.ts'
import { chosenAccount, day, type StoreOptions, storeCommand, withStore } from './store.ts'

type InstanceOptions = StoreOptions & { instanceId?: string }

export function productCommand(): Command {
  const create = productsCommand('create', 'Create a product.')
    .argument('<name>')
    .addOption(
      new Option(
        '--auth-type <type>',
        'Authentication of the devices; one-party is a cloud gateway product, which supports imports.',
      )
        .choices(authTypes)
        .default('one-party'),
    )
    .option('--product-key <key>', 'ProductKey; default: generated.')
    .action((name: string, options: InstanceOptions & { authType: AuthType; productKey?: string }) =>
      withStore(options, async ({ registry }) => {
        const { authType, productKey } = options
        const { product } = await registry.products.create(await chosenInstance(registry, options), {
          name,
          authType,
          productKey,
        })
        print([{ ProductKey: product.productKey, name, AuthType: authType }], options)
      }),
    )
  const list = productsCommand('list', 'List the products of an instance.').action(
    (options: InstanceOptions) =>
      withStore(options, async ({ registry }) => {
        const { products } = await registry.products.page(
          await chosenInstance(registry, options),
          {},
          0,
          10_000,
        )
        const rows = products.map(({ productKey, name, authType, deviceCount, createdAt }) => ({
          ProductKey: productKey,
          name,
          AuthType: authType,
          devices: deviceCount,
          created: day(createdAt),
        }))
        print(rows, options)
      }),
  )
  return new Command('product')
    .description('Manage the products of an instance.')
    .addCommand(create)
    .addCommand(list)
}

const productsCommand = (name: string, description: string) =>
  storeCommand(name, description).option('--instance-id <id>', 'Instance; default: the public one.')

async function chosenInstance(registry: Registry, options: InstanceOptions) {
  const account = await chosenAccount(registry, options)
  const instance = await registry.instances.find(account.id, options.instanceId)
  if (instance !== undefined) return instance
  throw new Error(
    options.instanceId === undefined
      ? 'the account has no public instance; name one with --instance-id'
      : `the account has no instance ${JSON.stringify(options.instanceId)}`,
  )
}
