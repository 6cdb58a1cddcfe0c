/** The load: a few connections, each sending its next call when the last one is answered. */
import { Agent, request } from 'node:http'
import type { SignedBody } from './signing.ts'

export interface Load {
  readonly calls: number
  readonly milliseconds: number
}

/** A load generator of so many connections; they stay open between the loads. */
export function generator(connections: number, nextBody: () => SignedBody, isGood: IsGood = isAllGood) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })

  /** Sends calls for so long, and waits for the last answers. */
  async function drive(url: string, milliseconds: number): Promise<Load> {
    const from = performance.now()
    let calls = 0
    const connection = async () => {
      do {
        calls++
        await call(agent, url, nextBody(), isGood)
      } while (performance.now() - from < milliseconds)
    }
    await Promise.all(Array.from({ length: connections }, connection))
    return { calls, milliseconds: performance.now() - from }
  }

  /** Sends so many calls, and waits for the last answers. */
  async function send(url: string, count: number): Promise<Load> {
    const from = performance.now()
    let left = count
    const connection = async () => {
      while (left-- > 0) await call(agent, url, nextBody(), isGood)
    }
    await Promise.all(Array.from({ length: connections }, connection))
    return { calls: count, milliseconds: performance.now() - from }
  }

  return { drive, send, close: () => agent.destroy() }
}

/** Whether an answer is the one that the load is about; anything else ends the run. */
export type IsGood = (status: number | undefined, body: string) => boolean

/** @throws Error when the answer is not good */
function call(agent: Agent, url: string, { head, list }: SignedBody, isGood: IsGood): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': head.length + list.length,
    }
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (body += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (isGood(response.statusCode, body)) resolve()
        else reject(new Error(`${url} answered ${response.statusCode} ${body.slice(0, 500)}`))
      })
    })
    sent.on('error', reject)
    sent.write(head)
    sent.end(list)
  })
}

/** No Data: the answer names no bad entry, so none of the names was mistaken for a registered one. */
export const isAllGood = (status: number | undefined, body: string) =>
  status === 200 && body.includes('"Success":true') && !body.includes('"Data"')
