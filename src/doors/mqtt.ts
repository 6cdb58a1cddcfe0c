import type { Config, MqttConfig } from '../config.ts'
import type { WebSockets } from '../http/listener.ts'
import type { Clock } from '../lib/clock.ts'
import type { Certificate } from '../lib/secure-context.ts'
import type { Logger } from '../log.ts'
import { Door, type DoorEvents } from '../mqtt/door.ts'
import { type Listening, type ListenOptions, listen, type WantedPort } from '../mqtt/listeners.ts'
import type { MqttService } from '../mqtt/service.ts'
import type { Tally } from '../mqtt/tally.ts'
import { webSockets } from '../mqtt/web-sockets.ts'
import type { ConnectionLog } from '../registry/connection-log.ts'
import { gatewayProducts } from './device-service.ts'
import { portError } from './port-error.ts'

/** Interval of connection timeout checks, in milliseconds. */
const sweepMs = 1000

/** The path of MQTT over WebSocket, on the API's port. */
const webSocketPath = '/mqtt'

export interface MqttDoorOptions {
  readonly config: Pick<Config, 'host'> & { readonly mqtt: MqttConfig }
  readonly service: MqttService
  readonly certificate: Certificate | undefined
  readonly ticketKeys: Buffer | undefined
  /** Set if other processes listen at the same ports, each with its own queue. */
  readonly reusePort: ListenOptions['reusePort']
  readonly clock: Clock
  readonly log: Logger
  /** Receives refusals, for the logs of the devices that they name. */
  readonly connectionLog: Pick<ConnectionLog, 'refused'>
  /** True once an hour for each key, to limit repeated log lines. */
  readonly isNews: (key: string) => boolean
}

/** The addresses for devices. */
export interface MqttAddresses {
  /** `mqtt://HOST:PORT`; undefined if another process uses the default port. */
  readonly plain: string | undefined
  readonly tls: string | undefined
}

/** The door for devices: created first, because the HTTP door needs its WebSockets, then opened. */
export interface MqttDoor {
  readonly tally: Tally
  readonly webSockets: WebSockets
  /** Addresses at which other processes with this configuration listen for devices; ports chosen by the system are left out. */
  readonly addresses: MqttAddresses
  /** @throws Error if a port that was set can't be opened */
  listen(): Promise<MqttAddresses>
  renew(certificate: Certificate): void
  /** Stops accepting connections and ends all open ones. */
  close(): Promise<void>
}

export function mqttDoor(options: MqttDoorOptions): MqttDoor {
  const { config, certificate, ticketKeys, log } = options
  const door = new Door(options.service, {
    clock: options.clock,
    rates: config.mqtt.rates,
    events: eventsOf(options),
  })
  const sweep = setInterval(() => door.sweep(), sweepMs).unref()
  let listening: Listening | undefined
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  const address = (scheme: string, port: number | undefined) =>
    port === undefined ? undefined : `${scheme}://${host}:${port}`
  const { port, tlsPort } = config.mqtt
  return {
    tally: door.tally,
    addresses: {
      plain: address('mqtt', port?.number || undefined),
      tls: address('mqtts', tlsPort?.number || undefined),
    },
    webSockets: { path: webSocketPath, take: webSockets(door) },
    async listen() {
      const { reusePort } = options
      const wanted = { ...portsOf(config.mqtt), host: config.host, certificate, ticketKeys, reusePort }
      listening = await listen(door, wanted).catch((error) => {
        throw withSetting(error, config)
      })
      for (const { number } of listening.skipped) log.warn({ port: number }, portTaken(number))
      return {
        plain: port && address('mqtt', listening.ports[0]),
        tls: address('mqtts', listening.tlsPort),
      }
    },
    renew: (next) => listening?.renew(next),
    async close() {
      listening?.close()
      await door.close()
      clearInterval(sweep)
    },
  }
}

/** Adds the responsible setting to a system error about a port. */
function withSetting(
  error: NodeJS.ErrnoException & { readonly port?: number },
  config: MqttDoorOptions['config'],
) {
  const { port, tlsPort } = config.mqtt
  const taken = error.port ?? 0
  let setting = '--mqtt-gateway (ROLLCALL_MQTT_GATEWAYS)'
  if (taken === tlsPort?.number) setting = '--mqtt-tls-port (ROLLCALL_MQTT_TLS_PORT)'
  if (taken === port?.number) setting = '--mqtt-port (ROLLCALL_MQTT_PORT)'
  return portError(error, config.host, taken, setting)
}

const portTaken = (port: number) =>
  `port ${port} is in use by another process, so devices can't connect there; end that process, choose another port (${port === 8883 ? '--mqtt-tls-port' : '--mqtt-port'}), or give --mqtt off`

/** Lists the ports: that of `--mqtt-port` first, then those of gateways unless already listed. */
function portsOf({ port, tlsPort, gateways }: MqttConfig) {
  const ports: WantedPort[] = port === undefined ? [] : [port]
  for (const { listener } of gateways)
    if (typeof listener === 'number' && listener !== port?.number && listener !== tlsPort?.number)
      ports.push({ number: listener, asked: true })
  return { ports, tlsPort }
}

/** Log lines; a device that is refused repeatedly gets one per hour. */
function eventsOf({ log, isNews, config, connectionLog }: MqttDoorOptions): DoorEvents {
  const productOf = gatewayProducts(config.mqtt)
  return {
    refused(origin, reason, packet) {
      const { address, port } = origin
      if (packet !== undefined) {
        const { clientId, userName, protocolVersion } = packet
        const gatewayProductKey = productOf(origin)
        connectionLog.refused({ reason, clientId, userName, address, protocolVersion, gatewayProductKey })
      }
      // The service logs why it refuses credentials.
      if (['identifier', 'credentials', 'disabled', 'throttled'].includes(reason)) return
      if (isNews(`mqtt refused ${address} ${reason}`))
        log.info({ address, port, reason }, 'a device was not connected')
      else log.debug({ address, port, reason }, 'a device was not connected')
    },
    dropped({ productKey, name }, reason) {
      if (isNews(`mqtt dropped ${productKey} ${name} ${reason}`))
        log.warn({ productKey, deviceName: name, reason }, 'messages of a device are dropped')
    },
    broke: (error) => log.error({ err: error }, 'a connection of a device ended by an error'),
  }
}
