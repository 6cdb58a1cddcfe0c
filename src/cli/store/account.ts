import { Command } from 'commander'
import { actions } from '../../actions/index.ts'
import { chosenAccount, day, print, type StoreOptions, storeCommand, withStore } from './store.ts'

export function accountCommand(): Command {
  const create = storeCommand('create', 'Create an account.')
    .argument('<name>')
    .option('--uid <digits>', 'Its UID; drawn when not given.')
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
  const quota = storeCommand(
    'quota',
    'Give an account a quota of its own for an action, or the declared one again.',
  )
    .argument('<action>', 'such as BatchCheckImportDevice')
    .argument('<calls>', 'calls a second, or "declared"')
    .action((action: string, calls: string, options: StoreOptions) =>
      withStore(options, async ({ registry }) => {
        const declared = actions.find(({ name }) => name === action)
        if (declared === undefined) throw new Error(`there is no action ${JSON.stringify(action)}`)
        if (calls !== 'declared' && !/^\d{1,9}$/.test(calls)) {
          throw new Error(`the quota must be calls a second or "declared", not ${JSON.stringify(calls)}`)
        }
        const account = await chosenAccount(registry, options)
        const perSecond = calls === 'declared' ? undefined : Number(calls)
        await registry.accounts.setQuota(account.id, action, perSecond)
        print(
          [{ account: account.name, action, 'calls a second': perSecond ?? declared.quota.perSecond }],
          options,
        )
      }),
    )
  return new Command('account')
    .description('Accounts and their quotas.')
    .addCommand(create)
    .addCommand(list)
    .addCommand(quota)
}
