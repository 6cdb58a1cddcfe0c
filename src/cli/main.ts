import { Command } from 'commander'
import { serveCommand } from './serve.ts'
import { accessKeyCommand } from './store/access-key.ts'
import { accountCommand } from './store/account.ts'
import { instanceCommand } from './store/instance.ts'
import { masterKeyCommand } from './store/master-key.ts'
import { productCommand } from './store/product.ts'
import { ramUserCommand } from './store/ram-user.ts'

/** The command line. Usage errors end with status 2, everything else that goes wrong with 1. */
const program = new Command('rollcall')
  .description('Tells which IoT devices can be taken in and which can’t and why, and takes them in.')
  .showHelpAfterError('(rollcall --help tells more)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

for (const command of [
  serveCommand(),
  accountCommand(),
  ramUserCommand(),
  accessKeyCommand(),
  instanceCommand(),
  productCommand(),
  masterKeyCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program))
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`rollcall: ${(error as Error).message}\n`)
  process.exitCode = 1
}
