import { Command, InvalidArgumentError } from 'commander'
import { print } from '../print.ts'
import { chosenAccount, type StoreOptions, storeCommand, withStore } from './store.ts'

type UndoOptions = StoreOptions & { applyId: number; dryRun?: true }

export function batchCommand(): Command {
  const undo = storeCommand(
    'undo',
    'Delete the devices that were imported or registered under one ApplyId, except those changed since.',
  )
    .requiredOption('--apply-id <id>', 'ApplyId returned by the import or registration.', applyIdOf)
    .option('--dry-run', 'Print what would be deleted and change nothing.')
    .action((options: UndoOptions) =>
      withStore(options, async ({ registry: { batches }, registry }) => {
        const account = await chosenAccount(registry, options)
        const batch = await batches.find(account.id, options.applyId)
        if (batch === undefined) {
          throw new Error(`the account ${account.name} has no batch with the ApplyId ${options.applyId}`)
        }
        const { deleted, kept } = await (options.dryRun ? batches.wouldUndo(batch) : batches.undo(batch))
        print([{ ApplyId: batch.id, [options.dryRun ? 'would delete' : 'deleted']: deleted, kept }], options)
      }),
    )
  return new Command('batch')
    .description('Manage batches of devices that were imported or registered together.')
    .addCommand(undo)
}

function applyIdOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Enter a whole number.')
}
