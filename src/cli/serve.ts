import { setTimeout as pause } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { Command, Option } from 'commander'
import { type Config, type RawSettings, readConfig, servesPlainHttp } from '../config.ts'
import { openLog } from '../log.ts'
import { consolePath, type Running, start } from '../main.ts'
import { settings, variableOf } from '../settings.ts'
import { printAddresses, printDevices } from './addresses.ts'
import { type FirstKeyPlace, firstKeyPlaceOf, printCredentials, showOnce } from './credentials.ts'
import { environment } from './environment.ts'
import { printCertificate } from './print-certificate.ts'
import type { Served } from './workers/messages.ts'

export function serveCommand(): Command {
  const command = new Command('serve').description('Start the server.')
  for (const setting of Object.values(settings)) {
    const { flag, value } = setting
    const flags = value === undefined ? `--${flag}` : `--${flag} <${value}>`
    const fallback = setting.default === undefined ? '' : ` (default: ${setting.default})`
    const choices = setting.choices === undefined ? '' : ` One of ${setting.choices.join(', ')}.`
    const option = new Option(flags, `${setting.meaning}${choices} [${variableOf(setting)}]${fallback}`)
    // Given several times it is as in its variable.
    if (setting.repeatable)
      option.argParser((one, former?: string) => (former === undefined ? one : `${former},${one}`))
    command.addOption(option)
  }
  return command.action(async (given: RawSettings) => {
    const config = readConfig(given, environment)
    const keeping = firstKeyPlaceOf(config)
    const server = config.workers === 1 ? startAlone(config, keeping) : await startSupervised(config)
    obeySignals(server, config.drainMs)
    const { url, mqtt, first, certificate } = await server.served
    const isPlain = servesPlainHttp(config)
    if (isPlain) openLog(config.logLevel).warn({ host: config.host }, plainHttpWarning)
    const words = [
      `rollcall is listening on ${url}\n`,
      isPlain ? `warning: ${plainHttpWarning}\n` : '',
      printAddresses(url, config.console ? consolePath : undefined, config.folder),
      mqtt === undefined ? '' : printDevices(mqtt),
      certificate === undefined ? '' : printCertificate(certificate),
      first === undefined ? '' : printCredentials(first, keeping.place),
    ]
    process.stdout.write(words.join(''))
    if (first !== undefined && keeping.place.kind === 'terminal') process.stderr.write(showOnce(first))
  })
}

const plainHttpWarning =
  'other machines reach this server without TLS: device secrets and signed calls can be read on the way. Use --tls or --tls-cert, or put a proxy with TLS in front and give --plain-http'

/** A server as the command line handles it, be it one process or several. */
interface Server {
  /** Rejects when it does not start. */
  readonly served: Promise<Served>
  /** Goes on serving, and tells clients and load balancers to go elsewhere. */
  drain(): void
  /** Ends a server that serves, or that starts. */
  close(): Promise<void>
  /** Takes up what has changed on the disk: certificates, and with workers the program itself. */
  renew(): Promise<void>
}

function startAlone(config: Config, keepFirst: FirstKeyPlace): Server {
  const starting = start(config, { firstKeyStorage: keepFirst })
  const running = async (act: (server: Running) => unknown) => {
    await act(await starting)
  }
  return {
    served: starting,
    drain: () => running((server) => server.drain()),
    // A store that is being filled is filled first.
    close: () => running((server) => server.close()),
    renew: () => running((server) => server.renew()),
  }
}

async function startSupervised(config: Config): Promise<Server> {
  // A single process has no use for node:cluster.
  const { Supervisor } = await import('./workers/supervisor.ts')
  const supervisor = new Supervisor(config)
  const served = supervisor.start()
  served.then(
    () => supervisor.givenUp.catch(fail),
    () => {},
  )
  return {
    served,
    drain: () => supervisor.drain(),
    close: () => supervisor.close(),
    renew: async () => supervisor.restart(),
  }
}

/**
 * The first signal ends the server in order: it drains, what is under way is answered. A second one ends it at
 * once. SIGHUP renews it, unless it stands on a terminal: there it means that the terminal is gone.
 */
function obeySignals(server: Server, drainMs: number): void {
  let [serves, stopping] = [false, false]
  server.served.then(
    () => (serves = true),
    () => {},
  )
  async function stop() {
    if (stopping) process.exit(1)
    stopping = true
    if (serves) {
      server.drain()
      await pause(drainMs)
    }
    await server.close()
    process.exit(0)
  }
  const stopOrFail = () => stop().catch(fail)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stopOrFail)
  const renew = () =>
    server.renew().catch((error) => process.stderr.write(`rollcall: ${error.message}; all stays as it was\n`))
  process.on('SIGHUP', isatty(0) ? stopOrFail : renew)
  // The launcher, or another process that has started this one with a channel, is gone, or was before this line.
  process.once('disconnect', stopOrFail)
  // A start that fails ends by itself.
  process.channel?.unref()
  if (process.connected === false) stopOrFail()
}

function fail(error: Error): never {
  process.stderr.write(`rollcall: ${error.message}\n`)
  process.exit(1)
}
