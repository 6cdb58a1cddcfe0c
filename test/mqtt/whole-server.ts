import { createHmac } from 'node:crypto'
import { after } from 'node:test'
import { credentials, startServer } from '../support/server.ts'
import { form, send, signedV1 } from '../support/sign.ts'

/** A server with its doors on free ports, and what the devices of a test need of it. */
export async function startWhole(given: Parameters<typeof startServer>[0] = {}) {
  const server = await startServer({ mqtt: 'on', mqttPort: '0', ...given })
  after(() => server.close())
  const { registry } = server
  const [account] = await registry.accounts.all()
  const instance = (await registry.instances.find(account!.id, undefined))!
  const oneParty = (await registry.products.find(instance, credentials.productKey))!
  const { product: ordinary } = await registry.products.create(instance, {
    name: 'ordinary',
    authType: 'secret',
  })
  const port = Number(new URL(server.mqtt!.plain!).port)
  const call = async (action: string, parameters: Record<string, string>) => {
    const body = form(Object.entries(signedV1({ Action: action, ...parameters })))
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await send(server.url, { body, headers })
    return answer.body as { Success: boolean; Data?: Record<string, unknown>; [member: string]: unknown }
  }
  /** Registers a device of the ordinary product, or of the one-party product. */
  const addDevice = async (name: string, kind: 'ordinary' | 'one-party' = 'ordinary') => {
    const product = kind === 'ordinary' ? ordinary : oneParty
    const { secret } = await registry.devices.register(account!.id, product, {
      name,
      secret: `secret${name}`,
    })
    return { productKey: product.productKey, deviceName: name, deviceSecret: secret }
  }
  return { server, port, call, addDevice }
}

export type Triple = Awaited<ReturnType<Awaited<ReturnType<typeof startWhole>>['addDevice']>>

/** The credentials of a device of an ordinary product (mqtt-facts §1.2). */
export function signedIn({ productKey, deviceName, deviceSecret }: Triple, id = 'client', more = '') {
  const content = `clientId${id}deviceName${deviceName}productKey${productKey}`
  return {
    clientId: `${id}|securemode=3,signmethod=hmacsha256${more}|`,
    username: `${deviceName}&${productKey}`,
    password: createHmac('sha256', deviceSecret).update(content).digest('hex'),
  }
}
