import { type AddressInfo, createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { systemClock } from '../../src/lib/clock.ts'
import { systemRandom } from '../../src/lib/random.ts'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { checkedBroker } from './aedes-broker.ts'
import { productKey } from './devices.ts'
import { serveUsage } from './usage.ts'

/** aedes in one process, by TCP and TLS. */
const broker = await checkedBroker(productKey)
const listening = (server: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) =>
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
      resolve((server.address() as AddressInfo).port),
    ),
  )
const { cert, key } = selfSigned(undefined, '127.0.0.1', systemClock, systemRandom)
const port = await listening(createServer(broker.handle))
const tlsPort = await listening(createTlsServer({ cert, key }, broker.handle))
serveUsage({ port, tlsPort, productKey })
