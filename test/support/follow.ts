import { request } from 'node:http'
import { form, type Parameters, type Signing, signedV1, signedV3 } from './sign.ts'

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
    /** The delivery state of a message to a device. */
    readonly state?: string
  }
}

export interface Following {
  /** The next message; undefined once the server has ended the stream. */
  next(): Promise<Followed | undefined>
  close(): void
}

/** The path and the headers of a request for messages, signed by V1 or V3. */
function signedRequest(url: string, query: Parameters, { version, ...signing }: FollowSigning) {
  if (version === 3) {
    const headers = signedV3(url, 'sub', { ...signing, query, method: 'GET', path: '/messages' })
    return { path: `/messages?${form(Object.entries(query))}`, headers }
  }
  const signed = signedV1({ Action: 'sub', ...query }, { ...signing, method: 'GET' })
  return { path: `/messages?${form(Object.entries(signed))}`, headers: {} }
}

export interface FollowSigning extends Pick<Signing, 'id' | 'secret'> {
  readonly version?: 1 | 3
}

/**
 * Follows messages of devices over HTTP, signed by V1 unless it says V3.
 * @throws Error with the answer when it is refused
 */
export async function follow(
  url: string,
  parameters: Parameters,
  lastEventId?: string,
  signing: FollowSigning = {},
): Promise<Following> {
  const { path, headers: signatureHeaders } = signedRequest(url, parameters, signing)
  const opened = Promise.withResolvers<void>()
  const waiting: Followed[] = []
  let wanted: PromiseWithResolvers<Followed | undefined> | undefined
  let isOver = false
  const over = () => {
    isOver = true
    wanted?.resolve(undefined)
  }
  const headers = { ...signatureHeaders, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) }
  const sent = request(`${url}${path}`, { headers }, (response) => {
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
