import { type Listener, type ListenerOptions, listen } from '../../src/http/listener.ts'
import type { Service } from '../../src/http/service.ts'
import { systemClock } from '../../src/lib/clock.ts'

/** A service that answers everything alike; a test replaces what it is about. */
const service: Service = {
  precheck: async () => undefined,
  answer: async () => ({ status: 200, headers: {}, body: 'answered' }),
  refuse: ({ kind }) => ({ status: 400, headers: {}, body: kind }),
  limited: () => {},
  follow: () => Promise.reject(new Error('nothing is followed here')),
  unanswered: () => {},
  healthy: async () => {},
  metrics: async () => ({ contentType: 'text/plain', text: 'metrics' }),
}

/** The listener by itself, with small limits. */
export const openListener = (
  given: Partial<Service> = {},
  options: Partial<ListenerOptions> = {},
): Promise<Listener> =>
  listen(
    { ...service, ...given },
    {
      host: '127.0.0.1',
      port: 0,
      tls: undefined,
      clock: systemClock,
      requestLineBytesMax: 65_536,
      headerBytesMax: 16_384,
      bodyBytesMax: 65_536,
      memory: { bytesMax: 2 ** 20 },
      requestTimeoutMs: 1000,
      metricsForAnyone: false,
      ...options,
    },
  )
