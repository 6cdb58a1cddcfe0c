import { Command } from 'commander'
import { print } from '../print.ts'
import { day, type StoreOptions, storeCommand, withStore } from './store.ts'

export function accountCommand(): Command {
  const create = storeCommand('create', 'Create an account.')
    .argument('<name>')
    .option('--uid <digits>', 'UID; default: generated.')
    .action((name: string, options: StoreOptions & { uid?: string }) =>
      withStore(
        options,
        async ({ registry }) => {
          const { uid } = await registry.accounts.create(name, options.uid)
          print([{ name, uid }], options)
        },
        true,
      ),
    )
  const list = storeCommand('list', 'List the accounts.').action((options: StoreOptions) =>
    withStore(options, async ({ registry }) => {
      const rows = (await registry.accounts.all()).map(({ name, uid, createdAt }) => ({
        name,
        uid,
        created: day(createdAt),
      }))
      print(rows, options)
    }),
  )
  return new Command('account').description('Accounts.').addCommand(create).addCommand(list)
}
