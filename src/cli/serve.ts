import { setTimeout as pause } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { Command, Option } from 'commander'
import { type Config, type Given, readConfig, servesPlainHttp, settings, variableOf } from '../config.ts'
import { openLog } from '../log.ts'
import { consolePath, start } from '../main.ts'
import { tellAddresses } from './addresses.ts'
import { type Keeping, keepingOf, showOnce, tellCredentials } from './credentials.ts'
import { environment } from './environment.ts'
import { tellCertificate } from './tell-certificate.ts'
import type { Served } from './workers/messages.ts'

export function serveCommand(): Command {
  const command = new Command('serve').description('Start the server.')
  for (const setting of Object.values(settings)) {
    const flags = setting.value === undefined ? `--${setting.flag}` : `--${setting.flag} <${setting.value}>`
    const fallback = setting.default === undefined ? '' : ` (default: ${setting.default})`
    const choices = setting.choices === undefined ? '' : ` One of ${setting.choices.join(', ')}.`
    command.addOption(new Option(flags, `${setting.meaning}${choices} [${variableOf(setting)}]${fallback}`))
  }
  return command.action(async (given: Given) => {
    const config = readConfig(given, environment)
    const keeping = keepingOf(config)
    const server = await (config.workers === 1 ? startAlone(config, keeping) : startCrew(config))
    obeySignals(server, config.drainMs)
    const { url, first, certificate } = server.served
    const isPlain = servesPlainHttp(config)
    if (isPlain) openLog(config.logLevel).warn({ host: config.host }, plainHttpWarning)
    const words = [
      `rollcall is listening on ${url}\n`,
      isPlain ? `warning: ${plainHttpWarning}\n` : '',
      tellAddresses(url, config.console ? consolePath : undefined, config.folder),
      certificate === undefined ? '' : tellCertificate(certificate),
      first === undefined ? '' : tellCredentials(first, keeping.place),
    ]
    process.stdout.write(words.join(''))
    if (first !== undefined && keeping.place.kind === 'terminal') process.stderr.write(showOnce(first))
  })
}

const plainHttpWarning =
  'other machines reach this server without TLS: device secrets and signed calls can be read on the way. Use --tls or --tls-cert, or put a proxy with TLS in front and give --plain-http'

/** A server as the command line handles it, be it one process or several. */
interface Server {
  readonly served: Served
  /** Goes on serving, and tells everybody to go elsewhere. */
  drain(): void
  close(): Promise<void>
  /** Takes up what has changed on the disk: certificates, and with workers the program itself. */
  renew(): Promise<void>
}

async function startAlone(config: Config, keepFirst: Keeping): Promise<Server> {
  const running = await start(config, { keepFirst })
  return { served: running, drain: running.drain, close: () => running.close(), renew: running.renew }
}

async function startCrew(config: Config): Promise<Server> {
  // A single process has no use for node:cluster.
  const { Crew } = await import('./workers/crew.ts')
  const crew = new Crew(config)
  const served = await crew.start()
  crew.givenUp.catch(fail)
  return {
    served,
    drain: () => crew.drain(),
    close: () => crew.close(),
    renew: async () => crew.restart(),
  }
}

/**
 * The first signal ends the server in order: it drains, what is under way is answered. A second one ends it at
 * once. SIGHUP renews it, unless it stands on a terminal: there it means that the terminal is gone.
 */
function obeySignals(server: Server, drainMs: number): void {
  let stopping = false
  async function stop() {
    if (stopping) process.exit(1)
    stopping = true
    server.drain()
    await pause(drainMs)
    await server.close()
    process.exit(0)
  }
  const stopOrFail = () => stop().catch(fail)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stopOrFail)
  const renew = () =>
    server.renew().catch((error) => process.stderr.write(`rollcall: ${error.message}; all stays as it was\n`))
  process.on('SIGHUP', isatty(0) ? stopOrFail : renew)
  // The launcher, where it is another process, is gone.
  process.once('disconnect', stopOrFail)
}

function fail(error: Error): never {
  process.stderr.write(`rollcall: ${error.message}\n`)
  process.exit(1)
}
