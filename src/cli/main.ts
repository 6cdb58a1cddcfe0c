import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../config.ts'
import { backupCommand, digestCommand, restoreCommand } from './data/backup.ts'
import { copyCommand } from './data/copy.ts'
import { exportCommand } from './data/export.ts'
import { migrateCommand } from './data/migrate.ts'
import { Ending } from './ending.ts'
import { checkCommand } from './fleet/check.ts'
import { importCommand } from './import/import.ts'
import { serveCommand } from './serve.ts'
import { accessKeyCommand } from './store/access-key.ts'
import { accountCommand } from './store/account.ts'
import { batchCommand } from './store/batch.ts'
import { instanceCommand } from './store/instance.ts'
import { masterKeyCommand } from './store/master-key.ts'
import { productCommand } from './store/product.ts'
import { quotaCommand } from './store/quota.ts'
import { ramUserCommand } from './store/ram-user.ts'

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }

/** The command line. Usage errors end with status 2; ending.ts has the others; what else goes wrong ends with 1. */
const program = new Command('rollcall')
  .description('Tells which IoT devices can be taken in and which can’t and why, and takes them in.')
  .version(version)
  .addCommand(serveCommand())
  .addCommand(checkCommand())
  .addCommand(importCommand())
  .addCommand(accountCommand())
  .addCommand(ramUserCommand())
  .addCommand(accessKeyCommand())
  .addCommand(instanceCommand())
  .addCommand(productCommand())
  .addCommand(batchCommand())
  .addCommand(quotaCommand())
  .addCommand(masterKeyCommand())
  .addCommand(migrateCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(copyCommand())
  .addCommand(digestCommand())
  .addCommand(exportCommand())
settle(program)

/** Commands made apart inherit nothing by themselves. */
function settle(command: Command): void {
  command
    .showHelpAfterError('(--help tells more)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  command.commands.forEach(settle)
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`rollcall: ${(error as Error).message}\n`)
  process.exitCode = error instanceof Ending ? error.status : error instanceof UsageError ? 2 : 1
}
