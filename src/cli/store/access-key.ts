import { Command } from 'commander'
import { print } from '../print.ts'
import { ramUserNamed } from './ram-user.ts'
import { chosenAccount, day, type StoreOptions, storeCommand, withStore } from './store.ts'

export function accessKeyCommand(): Command {
  const create = storeCommand(
    'create',
    'Create an access key and print its secret, which is not displayed again.',
  )
    .option('--ram-user <name>', 'Create a key of this RAM user instead of the account.')
    .action((options: StoreOptions & { ramUser?: string }) =>
      withStore(options, async ({ registry }) => {
        const account = await chosenAccount(registry, options)
        const user =
          options.ramUser === undefined
            ? undefined
            : await ramUserNamed(registry, account.id, options.ramUser)
        const { id, secret } = await registry.accessKeys.create(account.id, user?.id)
        print([{ AccessKeyId: id, AccessKeySecret: secret }], options)
      }),
    )
  const list = storeCommand('list', 'List the access keys of an account and its RAM users.').action(
    (options: StoreOptions) =>
      withStore(options, async ({ registry }) => {
        const account = await chosenAccount(registry, options)
        const users = new Map(
          (await registry.accounts.ramUsers(account.id)).map(({ id, name }) => [id, name]),
        )
        const keys = await registry.accessKeys.of(account.id)
        const rows = keys.map(({ id, ramUser, active, createdAt }) => ({
          AccessKeyId: id,
          'RAM user': ramUser === undefined ? '-' : users.get(ramUser),
          status: active ? 'active' : 'disabled',
          created: day(createdAt),
        }))
        print(rows, options)
      }),
  )
  const command = new Command('access-key').description('Access keys.').addCommand(create).addCommand(list)
  for (const [verb, description, active] of [
    ['enable', 'Enable an access key.', true],
    ['disable', 'Disable an access key; it can be enabled again.', false],
    ['delete', 'Delete an access key permanently.', undefined],
  ] as const) {
    command.addCommand(
      storeCommand(verb, description)
        .argument('<id>', 'the AccessKeyId')
        .action((id: string, options: StoreOptions) =>
          withStore(options, async ({ registry: { accessKeys } }) => {
            const found =
              active === undefined ? await accessKeys.delete(id) : await accessKeys.setActive(id, active)
            if (!found) throw new Error(`there is no access key ${JSON.stringify(id)}`)
          }),
        ),
    )
  }
  return command
}
