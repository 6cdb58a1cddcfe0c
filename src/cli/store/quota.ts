import { Command, Option } from 'commander'
import { actions } from '../../actions/index.ts'
import { print } from '../print.ts'
import { chosenAccount, type StoreOptions, storeCommand, withStore } from './store.ts'

export function quotaCommand(): Command {
  const set = quotaOf('set', 'Set the quota of an account for an operation.')
    .requiredOption('--per-second <calls>', 'calls per second; 0 rejects all')
    .action((options: StoreOptions & { action: string; perSecond: string }) =>
      withStore(options, async ({ registry }) => {
        const { name } = actionNamed(options.action)
        if (!/^\d{1,9}$/.test(options.perSecond)) {
          throw new Error(
            `--per-second must be a whole number of calls from 0 to 999999999, not ${JSON.stringify(options.perSecond)}`,
          )
        }
        const account = await chosenAccount(registry, options)
        const perSecond = Number(options.perSecond)
        await registry.accounts.setQuota(account.id, name, perSecond)
        print([{ account: account.name, action: name, 'calls a second': perSecond }], options)
      }),
    )
  const unset = quotaOf('unset', 'Reset the quota of an account for an operation to the default.').action(
    (options: StoreOptions & { action: string }) =>
      withStore(options, async ({ registry }) => {
        const { name, quota } = actionNamed(options.action)
        const account = await chosenAccount(registry, options)
        await registry.accounts.setQuota(account.id, name, undefined)
        print([{ account: account.name, action: name, 'calls a second': quota.perSecond }], options)
      }),
  )
  const list = storeCommand('list', 'List the quotas of an account that differ from the defaults.').action(
    (options: StoreOptions) =>
      withStore(options, async ({ registry }) => {
        const account = await chosenAccount(registry, options)
        const rows = (await registry.accounts.quotas(account.id)).map(({ action, perSecond }) => ({
          action,
          'calls a second': perSecond,
          declared: actions.find(({ name }) => name === action)?.quota.perSecond,
        }))
        print(rows, options)
      }),
  )
  return new Command('quota')
    .description('Manage the quotas of an account that differ from the defaults.')
    .addCommand(set)
    .addCommand(unset)
    .addCommand(list)
}

const quotaOf = (name: string, description: string) =>
  storeCommand(name, description).addOption(
    new Option('--action <name>', 'such as BatchCheckImportDevice').makeOptionMandatory(),
  )

function actionNamed(wanted: string) {
  const action = actions.find(({ name }) => name === wanted)
  if (action === undefined) throw new Error(`there is no action ${JSON.stringify(wanted)}`)
  return action
}
