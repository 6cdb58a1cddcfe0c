import { readConfig } from '../../src/config.ts'
import { start } from '../../src/main.ts'
import { nameOf, secretOf } from './devices.ts'
import { serveUsage } from './usage.ts'

/** All of Rollcall, with a store in SQLite: `ours.ts FOLDER DEVICES`. */
const [folder, devices] = [process.argv[2]!, Number(process.argv[3])]
const given = {
  data: folder,
  port: '0',
  mqttPort: '0',
  mqttTlsPort: '0',
  tls: 'self-signed',
  quota: 'off',
  logLevel: 'error',
}
const { registry, mqtt } = await start(readConfig(given, {}))
const [account] = await registry.accounts.all()
const instance = (await registry.instances.find(account!.id, undefined))!
const { product } = await registry.products.create(instance, { name: 'bench', authType: 'secret' })
const atOnce = 200
for (let from = 0; from < devices; from += atOnce) {
  const numbers = Array.from({ length: Math.min(atOnce, devices - from) }, (_, i) => from + i)
  await Promise.all(
    numbers.map((i) =>
      registry.devices.register(account!.id, product, { name: nameOf(i), secret: secretOf(i) }),
    ),
  )
}
const port = (address: string | undefined) => Number(new URL(address!).port)
serveUsage({ port: port(mqtt!.plain), tlsPort: port(mqtt!.tls), productKey: product.productKey })
