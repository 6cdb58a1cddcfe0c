import { Command, Option } from 'commander'
import { type Given, readConfig, settings, variableOf } from '../config.ts'
import { start } from '../main.ts'
import { keepCredentials, tellCredentials } from './credentials.ts'

export function serveCommand(): Command {
  const command = new Command('serve').description('Start the server.')
  for (const setting of Object.values(settings)) {
    const flags = setting.value === undefined ? `--${setting.flag}` : `--${setting.flag} <${setting.value}>`
    const fallback = setting.default === undefined ? '' : ` (default: ${setting.default})`
    const choices = setting.choices === undefined ? '' : ` One of ${setting.choices.join(', ')}.`
    command.addOption(new Option(flags, `${setting.meaning}${choices} [${variableOf(setting)}]${fallback}`))
  }
  return command.action(async (given: Given) => {
    const config = readConfig(given, process.env)
    const running = await start(config, {
      keepFirst: (first, url) => keepCredentials(first, url, config.folder),
    })
    stopOnSignal(running.close)
    const told = running.first && tellCredentials(running.first, config.folder)
    process.stdout.write(`rollcall is listening on ${running.url}\n${told ?? ''}`)
  })
}

/** Ends in order at the first signal: what is under way is answered first. A second one ends at once. */
function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    close().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`rollcall: ${error.message}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  // The launcher, where it is another process, is gone.
  process.once('disconnect', stop)
}
