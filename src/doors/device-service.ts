import type { MqttConfig } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Hub } from '../messaging/hub.ts'
import type { MqttService, SignInAttempt } from '../mqtt/service.ts'
import type { Registry } from '../registry/registry.ts'

/**
 * The service for the MQTT door.
 * @param ready resolves to the hub once the store is filled
 * @param isNews true once an hour for each key, to limit repeated log lines
 */
export function deviceService(
  registry: Registry,
  ready: Promise<Hub>,
  { gateways }: MqttConfig,
  log: Logger,
  isNews: (key: string) => boolean,
): MqttService {
  const products = new Map(gateways.map(({ listener, productKey }) => [listener, productKey]))
  const productOf = ({ serverName, port }: SignInAttempt) =>
    (serverName === undefined ? undefined : products.get(serverName.toLowerCase())) ?? products.get(port)
  return {
    async signIn(attempt) {
      await ready
      const { clientId, userName, password, address, port } = attempt
      const gatewayProductKey = productOf(attempt)
      const result = await registry.deviceSignIn.signIn({
        clientId,
        userName,
        password,
        address,
        gatewayProductKey,
      })
      if (result.kind === 'accepted') return result
      const { reason, detail } = result
      const level = isNews(`mqtt refused ${address} ${detail}`) ? 'warn' : 'debug'
      log[level]({ address, port, reason }, `a device was not connected: ${detail}`)
      return { kind: 'refused', reason }
    },
    attach: async (device, connection) => (await ready).attach(device, connection),
  }
}

/** @throws Error if the product of a listener does not exist */
export async function refuseUnknownProducts(registry: Registry, { gateways }: MqttConfig): Promise<void> {
  for (const { listener, productKey } of gateways)
    if (!(await exists(registry, productKey)))
      throw new Error(
        `--mqtt-gateway (ROLLCALL_MQTT_GATEWAYS) ${listener}=${productKey}: no product has this ProductKey`,
      )
}

async function exists({ accounts, instances, products }: Registry, productKey: string): Promise<boolean> {
  for (const account of await accounts.all())
    for (const instance of await instances.of(account.id))
      if ((await products.find(instance, productKey)) !== undefined) return true
  return false
}
