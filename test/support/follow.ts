import { request } from 'node:http'
import { form, type Parameters, signedV1 } from './sign.ts'

/** A server-sent event of /messages. */
export interface Followed {
  readonly id: string
  readonly data: {
    readonly messageId: number
    readonly productKey: string
    readonly deviceName: string
    readonly topic: string
    readonly qos: number
    readonly generateTime: number
    /** In base64. */
    readonly payload: string
  }
}

export interface Following {
  /** The next message; undefined once the server has ended the stream. */
  next(): Promise<Followed | undefined>
  close(): void
}

/**
 * Follows messages of devices over HTTP, signed by V1.
 * @throws Error with the answer when it is refused
 */
export async function follow(url: string, parameters: Parameters, lastEventId?: string): Promise<Following> {
  const signed = signedV1({ Action: 'sub', ...parameters }, { method: 'GET' })
  const opened = Promise.withResolvers<void>()
  const waiting: Followed[] = []
  let wanted: PromiseWithResolvers<Followed | undefined> | undefined
  let isOver = false
  const over = () => {
    isOver = true
    wanted?.resolve(undefined)
  }
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const sent = request(`${url}/messages?${form(Object.entries(signed))}`, { headers }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (response.statusCode !== 200) return
      opened.resolve()
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? []
        if (id === undefined) continue
        const event = { id, data: JSON.parse(data!) }
        if (wanted === undefined) waiting.push(event)
        else wanted.resolve(event)
        wanted = undefined
      }
    })
    response.on('end', () => opened.reject(new Error(`${response.statusCode}: ${text}`)))
    response.on('close', over)
    response.on('error', over)
  })
  sent.on('error', opened.reject)
  sent.end()
  await opened.promise
  return {
    async next() {
      const event = waiting.shift()
      if (event !== undefined || isOver) return event
      wanted = Promise.withResolvers()
      return wanted.promise
    },
    close: () => sent.destroy(),
  }
}
