import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../config.ts'
import { CliError } from './cli-error.ts'
import { commands } from './commands.ts'
import { withdrawSecrets } from './environment.ts'

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }

// What a command writes may hold secrets: journals, reports, everything in a data folder.
process.umask(0o077)

/** The command line. Usage errors end with status 2; cli-error.ts has the others; what else goes wrong ends with 1. */
const program = new Command('rollcall')
  .description('Tells which IoT devices can be taken in and which can’t and why, and takes them in.')
  .version(version)
for (const command of await commands(process.argv[2])) program.addCommand(command)
// Options have been read of it then.
program.hook('preAction', withdrawSecrets)
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
  process.exitCode = error instanceof CliError ? error.status : error instanceof UsageError ? 2 : 1
}
