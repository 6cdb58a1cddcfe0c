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
    // Repeated flags are joined like the variable's values.
    if (setting.repeatable)
      option.argParser((one, former?: string) => (former === undefined ? one : `${former},${one}`))
    command.addOption(option)
  }
  return command.action(async (given: RawSettings) => {
    const config = readConfig(given, environment)
    const keeping = firstKeyPlaceOf(config)
    const isAlone = config.workers + config.mqttWorkers === 1
    const server = isAlone ? startAlone(config, keeping) : await startSupervised(config)
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

/** A server of one or several processes, as the command line controls it. */
interface Server {
  /** Rejects if the server does not start. */
  readonly served: Promise<Served>
  /** Keeps serving, and makes clients and load balancers go elsewhere. */
  drain(): void
  /** Stops a server that is serving or starting. */
  close(): Promise<void>
  /** Reloads from disk: certificates, and with workers the program itself. */
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
    // If the store is being filled, that is completed first.
    close: () => running((server) => server.close()),
    renew: () => running((server) => server.renew()),
  }
}

async function startSupervised(config: Config): Promise<Server> {
  // A single process does not need node:cluster.
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
 * Handles signals. The first one stops the server gracefully: it drains, and calls in progress are answered. A
 * second one stops it at once. SIGHUP reloads, except on a terminal, where it means that the terminal was
 * closed.
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
  // The launcher or another parent process is gone.
  process.once('disconnect', stopOrFail)
  // A failed start ends by itself.
  process.channel?.unref()
  if (process.connected === false) stopOrFail()
}

function fail(error: Error): never {
  process.stderr.write(`rollcall: ${error.message}\n`)
  process.exit(1)
}
