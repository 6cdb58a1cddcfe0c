import { Command, Option } from 'commander'
import { type InstanceKind, instanceKinds } from '../../rules/product-fields.ts'
import { print } from '../print.ts'
import { chosenAccount, day, type StoreOptions, storeCommand, withStore } from './store.ts'

export function instanceCommand(): Command {
  const create = storeCommand('create', 'Create an instance.')
    .argument('<name>')
    .addOption(
      new Option(
        '--kind <kind>',
        'Kind of the instance; an account has at most one public instance, which has no ID.',
      )
        .choices(instanceKinds)
        .default('enterprise-standard'),
    )
    .option('--id <id>', 'ID; default: generated.')
    .action((name: string, options: StoreOptions & { kind: InstanceKind; id?: string }) =>
      withStore(options, async ({ registry }) => {
        const account = await chosenAccount(registry, options)
        const { kind, instanceId } = await registry.instances.create(
          account.id,
          options.kind,
          name,
          options.id,
        )
        print([{ IotInstanceId: instanceId, kind, name }], options)
      }),
    )
  const list = storeCommand('list', 'List the instances of an account.').action((options: StoreOptions) =>
    withStore(options, async ({ registry }) => {
      const account = await chosenAccount(registry, options)
      const rows = (await registry.instances.of(account.id)).map(({ instanceId, kind, name, createdAt }) => ({
        IotInstanceId: instanceId,
        kind,
        name,
        created: day(createdAt),
      }))
      print(rows, options)
    }),
  )
  return new Command('instance')
    .description('Manage the instances of an account.')
    .addCommand(create)
    .addCommand(list)
}
