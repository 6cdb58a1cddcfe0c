import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Clock } from '../lib/clock.ts'
import { coalesce } from '../lib/coalesce.ts'
import type { Random } from '../lib/random.ts'
import { readFrames, writeFrames } from './frames.ts'
import { listenForNodes, type NodeAddressChoice } from './node-listener.ts'
import { isSame, type Proof, Proofs, prove, proveAnswer, sha256 } from './node-proof.ts'
import { type AnswerMessage, type OpenTransport, Unreachable } from './transport.ts'

export interface HttpTransportOptions {
  readonly listen: NodeAddressChoice
  /** The same on every node of the store. */
  readonly key: Buffer
  readonly clock: Clock
  readonly random: Random
  /** Called for a refused request: its sender is not a node of this store, or the clocks differ. */
  readonly refused?: (why: string) => void
}

const answerMs = 5000
/** Messages per request. The largest has a payload of 256 KB. */
const groupMax = 64
const bodyBytesMax = 32 * 1024 * 1024
/** Concurrent requests to one node. */
const requestsAtOnce = 4
/** Maximum target nodes; beyond it, the oldest is dropped. */
const targetsMax = 1024

/**
 * The transport between processes on one machine (local sockets) and between nodes on several (TCP): HTTP
 * requests, each with all messages pending for a node. Each request and response proves with the store's key
 * that a node made it for this very process, and it is accepted only once (node-proof.ts). An address is the
 * listener's place and, after `/`, the process name.
 */
export const httpTransport =
  ({ listen, key, clock, random, refused = () => {} }: HttpTransportOptions): OpenTransport =>
  async (answer) => {
    const own = random.bytes(16).toString('hex')
    const proofs = new Proofs(key, own, () => clock.now())
    const agent = new Agent({ keepAlive: true, maxSockets: requestsAtOnce })
    const listener = await listenForNodes(listen, random, (message, response) => {
      serve(message, response, { key, own, proofs, answer, refused }).catch(() => response.destroy())
    })
    const targets = new Map<string, (message: Uint8Array) => Promise<Uint8Array | undefined>>()
    let count = 0

    /** Sends messages to a node in one request. */
    async function send(
      address: string,
      messages: readonly Uint8Array[],
    ): Promise<(Uint8Array | undefined)[]> {
      const { place, process } = placeOf(address)
      const body = writeFrames(messages)
      const facts = { sender: own, count: ++count, time: clock.now(), hash: sha256(body) }
      const proof = prove(key, process, facts)
      const answers = readFrames(await post(agent, place, process, body, proof, key))
      if (answers.length !== messages.length)
        throw new Unreachable(`${place} answered another number of messages`)
      return answers
    }

    function targetOf(address: string) {
      let target = targets.get(address)
      if (target === undefined) {
        if (targets.size >= targetsMax) targets.delete(targets.keys().next().value!)
        target = coalesce((messages) => send(address, messages), { max: groupMax, atOnce: requestsAtOnce })
        targets.set(address, target)
      }
      return target
    }

    return {
      address: `${listener.place}/${own}`,
      async send(address, message) {
        const result = await targetOf(address)(message)
        if (result === undefined) throw new Unreachable(`${placeOf(address).place} could not answer`)
        return result
      },
      async close() {
        agent.destroy()
        await listener.close()
      },
    }
  }

function placeOf(address: string): { readonly place: string; readonly process: string } {
  const at = address.lastIndexOf('/')
  return { place: address.slice(0, at), process: address.slice(at + 1) }
}

interface Serving {
  readonly key: Buffer
  readonly own: string
  readonly proofs: Proofs
  readonly answer: AnswerMessage
  readonly refused: (why: string) => void
}

const why = {
  forged: 'a request to the node address was not made with this store’s key',
  late: 'the clock of another node differs by more than 15 minutes',
  repeated: 'a request to the node address was received before',
} as const

async function serve(message: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { key, own, proofs, answer, refused } = serving
  const proof = proofOf(message)
  const fault = proof === undefined || message.url !== `/${own}` ? 'forged' : proofs.verify(proof)
  if (fault !== undefined) {
    refused(why[fault])
    // Its body is not read.
    response.writeHead(403, { connection: 'close' }).end()
    return
  }
  const body = await read(message)
  if (body === undefined || sha256(body) !== proof!.hash) {
    response.writeHead(400, { connection: 'close' }).end()
    return
  }
  const answers = await Promise.all(
    readFrames(body).map((each) => answer(each ?? Buffer.alloc(0)).catch(() => undefined)),
  )
  const answered = writeFrames(answers)
  response.writeHead(200, {
    'content-length': answered.length,
    'x-rollcall-mac': proveAnswer(key, proof!, answered),
  })
  response.end(answered)
}

function proofOf({ headers }: IncomingMessage): Proof | undefined {
  const [sender, count, time, hash, mac] = `${headers['x-rollcall-proof']}`.split(' ')
  if (mac === undefined) return undefined
  return { sender: sender!, count: Number(count), time: Number(time), hash: hash!, mac }
}

/** @returns undefined if it is too large or incomplete */
async function read(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > bodyBytesMax) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks)
}

function post(
  agent: Agent,
  place: string,
  process: string,
  body: Buffer,
  proof: Proof,
  key: Buffer,
): Promise<Buffer> {
  const { sender, count, time, hash, mac } = proof
  const headers = {
    'content-length': body.length,
    'x-rollcall-proof': [sender, count, time, hash, mac].join(' '),
  }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const fail = (reason: string) => reject(new Unreachable(`the node at ${place} does not answer: ${reason}`))
  const sent = request(
    { ...targetOf(place), agent, method: 'POST', path: `/${process}`, headers },
    (response) => {
      read(response).then((answered) => {
        if (response.statusCode !== 200) fail(`HTTP status ${response.statusCode}`)
        else if (answered === undefined) fail('its answer broke off')
        else if (!isSame(`${response.headers['x-rollcall-mac']}`, proveAnswer(key, proof, answered)))
          fail('its answer was not made with this store’s key')
        else resolve(answered)
      })
    },
  )
  const timer = setTimeout(
    () => sent.destroy(new Error(`nothing came for ${answerMs / 1000} seconds`)),
    answerMs,
  )
  sent.on('error', (error) => fail(error.message))
  sent.on('close', () => clearTimeout(timer))
  sent.end(body)
  return promise
}

function targetOf(place: string) {
  if (place.startsWith('unix:')) return { socketPath: place.slice('unix:'.length) }
  const at = place.lastIndexOf(':')
  return { host: place.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(place.slice(at + 1)) }
}
