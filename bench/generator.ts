/** The load: a few connections, each sending its next call when the last one is answered. */
import { Agent, request } from 'node:http'
import type { SignedBody } from './signing.ts'

export interface Load {
  readonly calls: number
  readonly milliseconds: number
}

/** A load generator of so many connections; they stay open between the loads. */
export function generator(connections: number, nextBody: () => SignedBody) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })

  /** Sends calls for so long, and waits for the last answers. */
  async function drive(url: string, milliseconds: number): Promise<Load> {
    const from = performance.now()
    let calls = 0
    const connection = async () => {
      do {
        calls++
        await send(agent, url, nextBody())
      } while (performance.now() - from < milliseconds)
    }
    await Promise.all(Array.from({ length: connections }, connection))
    return { calls, milliseconds: performance.now() - from }
  }

  return { drive, close: () => agent.destroy() }
}

/** @throws Error when the answer is other than: every device may be imported */
function send(agent: Agent, url: string, { head, list }: SignedBody): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': head.length + list.length,
    }
    const call = request(url, { agent, method: 'POST', headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (body += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (isAllGood(response.statusCode, body)) resolve()
        else reject(new Error(`${url} answered ${response.statusCode} ${body.slice(0, 500)}`))
      })
    })
    call.on('error', reject)
    call.write(head)
    call.end(list)
  })
}

/** No Data: the answer names no bad entry, so none of the names was mistaken for a registered one. */
export const isAllGood = (status: number | undefined, body: string) =>
  status === 200 && body.includes('"Success":true') && !body.includes('"Data"')
