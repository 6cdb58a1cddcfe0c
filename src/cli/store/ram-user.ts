import { Command } from 'commander'
import type { Registry } from '../../registry/registry.ts'
import { print } from '../print.ts'
import { chosenAccount, day, type StoreOptions, storeCommand, withStore } from './store.ts'

const patterns = 'patterns such as iot:BatchCheckImportDevice or "iot:Query*"'

export function ramUserCommand(): Command {
  const create = storeCommand(
    'create',
    'Create a RAM user, which works on the account’s data and within its quotas.',
  )
    .argument('<name>')
    .option('--allow <patterns...>', `Permissions: ${patterns}, "*" for all operations; default: none.`)
    .action((name: string, options: StoreOptions & { allow?: string[] }) =>
      withStore(options, async ({ registry }) => {
        const account = await chosenAccount(registry, options)
        const { allowed } = await registry.accounts.createRamUser(account.id, name, options.allow ?? [])
        print([{ name, account: account.name, allowed: displayed(allowed) }], options)
        if (options.allow === undefined) {
          process.stderr.write(
            `${name} may call nothing yet. Grant permissions with: rollcall ram-user allow ${name} 'iot:Query*'\n`,
          )
        }
      }),
    )
  const list = storeCommand('list', 'List the RAM users of an account.').action((options: StoreOptions) =>
    withStore(options, async ({ registry }) => {
      const account = await chosenAccount(registry, options)
      const users = await registry.accounts.ramUsers(account.id)
      const rows = users.map(({ name, allowed, createdAt }) => ({
        name,
        allowed: displayed(allowed),
        created: day(createdAt),
      }))
      print(rows, options)
    }),
  )
  const allow = storeCommand('allow', 'Set the permissions of a RAM user.')
    .argument('<name>')
    .argument('<patterns...>', `${patterns}; "*" for all operations`)
    .action((name: string, allowed: string[], options: StoreOptions) =>
      withStore(options, async ({ registry }) => {
        const account = await chosenAccount(registry, options)
        const user = await ramUserNamed(registry, account.id, name)
        if (!(await registry.accounts.setAllowed(user.id, allowed))) throw noUser(name)
        print([{ name, allowed: displayed(allowed) }], options)
      }),
    )
  return new Command('ram-user')
    .description('Manage the RAM users of an account.')
    .addCommand(create)
    .addCommand(list)
    .addCommand(allow)
}

/** @throws Error if the account has no such RAM user */
export async function ramUserNamed(registry: Registry, account: number, name: string) {
  const user = (await registry.accounts.ramUsers(account)).find((user) => user.name === name)
  if (user === undefined) throw noUser(name)
  return user
}

const noUser = (name: string) => new Error(`the account has no RAM user ${JSON.stringify(name)}`)

function displayed(allowed: readonly string[] | undefined): string {
  if (allowed === undefined) return 'everything'
  return allowed.length === 0 ? 'nothing' : allowed.join(' ')
}
