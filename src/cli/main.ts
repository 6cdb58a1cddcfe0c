import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../config.ts'
import { CliError } from './cli-error.ts'
import { commands } from './commands.ts'
import { withdrawSecrets } from './environment.ts'

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }

// The files that a command writes may contain secrets: journals, reports, everything in a data folder.
process.umask(0o077)

/**
 * The command line. Usage errors exit with status 2, those of cli-error.ts with their own, all others with 1.
 */
const program = new Command('rollcall')
  .description('Verifies and imports batches of IoT devices.')
  .version(version)
for (const command of await commands(process.argv[2])) program.addCommand(command)
// Options have been read from the environment by then.
program.hook('preAction', withdrawSecrets)
settle(program)

/** Applies settings that separately created commands don't inherit. */
function settle(command: Command): void {
  command
    .showHelpAfterError('(see --help)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  command.commands.forEach(settle)
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`rollcall: ${(error as Error).message}\n`)
  process.exitCode = error instanceof CliError ? error.status : error instanceof UsageError ? 2 : 1
}
