import { spawnSync } from 'node:child_process'
import { Agent, request } from 'node:http'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Place, Process } from '../support/process.ts'
import { form, goodDevices, send, signedV1 } from '../support/sign.ts'

export const key = { id: 'testid', secret: 'testsecret' }
export const ProductKey = 'a1TestKey01'

/** A folder where servers start with credentials that the test knows, and count no quota. */
export const withKnownKey = (here: Place): Place =>
  here.with({
    ROLLCALL_ACCESS_KEY_ID: key.id,
    ROLLCALL_ACCESS_KEY_SECRET: key.secret,
    ROLLCALL_PRODUCT_KEY: ProductKey,
    ROLLCALL_QUOTA: 'off',
  })

/** The processes that a server has started to serve. */
export function workersOf({ child }: Process): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  return rows.filter(([, parent]) => parent === child.pid).map(([pid]) => pid!)
}

/** Asks until it is so; fails after half a minute. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`waited 30 s for ${what}`)), 30_000)
  try {
    for (;;) {
      const found = await Promise.race([probe(), late.promise])
      if (found !== undefined && found !== false) return found
      // The machine is for those that are waited for.
      await delay(10)
    }
  } finally {
    clearTimeout(timer)
  }
}

/** The status of /healthz on a connection of its own; undefined where nobody listens. */
export const health = (url: string) =>
  send(url, { method: 'GET', path: '/healthz' }).then(
    ({ status }) => status,
    () => undefined,
  )

/** Clients that call one after the other, as fast as they are answered, each on a connection that it keeps or not. */
export class Load {
  answered = 0
  /** The errors that came instead of a good answer. */
  readonly troubles: string[] = []
  readonly #clients: Promise<void>[]
  #stopped = false

  constructor(t: TestContext, url: string, clients: { readonly keepAlive: number; readonly fresh: number }) {
    const one = async (keepAlive: boolean) => {
      const agent = new Agent({ keepAlive, maxSockets: 1 })
      while (!this.#stopped) {
        try {
          const { status, text } = await callOn(agent, url)
          if (status === 200 && text.includes('"Success":true')) this.answered++
          else this.troubles.push(`${status} ${text}`)
        } catch (error) {
          this.troubles.push((error as Error & { code?: string }).code ?? (error as Error).message)
        }
      }
      agent.destroy()
    }
    this.#clients = [
      ...Array.from({ length: clients.keepAlive }, () => one(true)),
      ...Array.from({ length: clients.fresh }, () => one(false)),
    ]
    t.after(() => this.stop())
  }

  /** Lets each client finish its call. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#clients)
  }
}

function callOn(agent: Agent, url: string): Promise<{ status: number; text: string }> {
  const body = form(
    Object.entries(signedV1({ Action: 'BatchCheckImportDevice', ProductKey, ...goodDevices(20) })),
  )
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers, timeout: 10_000 }, (incoming) => {
      incoming.toArray().then((chunks) => {
        resolve({ status: incoming.statusCode!, text: Buffer.concat(chunks).toString() })
      }, reject)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('not answered for 10 s')))
    outgoing.on('error', reject).end(body)
  })
}
