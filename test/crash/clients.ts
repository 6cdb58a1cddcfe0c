import { setTimeout as delay } from 'node:timers/promises'
import { ask, devicesNamed, type Node } from '../support/nodes.ts'
import type { Reply } from '../support/sign.ts'

/** Numbers that look random and are the same for the same seed. */
export type Chance = (below: number) => number

export function chanceOf(seed: number): Chance {
  let state = seed
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) % below
  }
}

/** An attempt of a client to register devices, and its answer. */
export interface Attempt {
  /** Names that nobody else tries: they are all there or none of them is. */
  readonly own: readonly string[]
  /** When it was tried. */
  readonly round: number
  /** A name that others try, too. */
  readonly shared: string | undefined
  /**
   * in: answered, so all are there. out: refused or deleted, so none is. unavailable: answered 503, so none is
   * unless the outage was long. unknown: not answered.
   */
  outcome: 'in' | 'out' | 'unavailable' | 'unknown'
  applyId?: number
  /** Whether its registration was answered with success; it may have been deleted since. */
  acknowledged?: boolean
  /** Whether its registration was not answered, or with 503. */
  inDoubt?: boolean
}

/** The attempts of clients so far, and the answers that no client should get. */
export interface Tried {
  readonly attempts: Attempt[]
  readonly unexpected: string[]
  answers: number
}

export const sharedNames = Array.from({ length: 40 }, (_, i) => `shared-${i}`)
/** Devices of an import; of one in four up to `largeMax`, so that kills fall into long commits too. */
const importMax = 40
const largeMax = 400
/** How long a client waits after it was told, or found, that nobody can serve. */
const retryMs = 20

/** A client that imports, registers, deletes and checks at one node or another, until it is stopped. */
export function startClient(
  round: number,
  place: number,
  nodes: readonly Node[],
  chance: Chance,
  tried: Tried,
) {
  let stopped = false
  let attempts = 0

  /** Asks, and tells the reply's code; undefined where there was no answer, though perhaps a deed. */
  async function told(node: Node, action: string, parameters: Readonly<Record<string, string>>) {
    let reply: Reply
    try {
      reply = await ask(node, action, parameters)
    } catch (error) {
      // The node is dead: it comes back by and by.
      await delay(retryMs)
      return (error as { code?: string }).code === 'ECONNREFUSED' ? 'not sent' : undefined
    }
    tried.answers++
    const { Success, Code, Data } = reply.body ?? {}
    const code: string = Success === true ? '' : Code
    const expected = [
      '',
      'ServiceUnavailable',
      'iot.device.ApplyManyDevicesFailed',
      'iot.device.AlreadyExistedDeviceName',
      'iot.device.NotExistedDevice',
    ]
    if (code === 'ServiceUnavailable') await delay(retryMs)
    if (!expected.includes(code)) tried.unexpected.push(`${action}: ${reply.status} ${reply.text}`)
    return { code, applyId: Data?.ApplyId as number | undefined }
  }

  async function register(node: Node, count: number): Promise<void> {
    const own = Array.from({ length: count }, (_, i) => `r${round}c${place}-${attempts}-${i}`)
    attempts++
    const shared = count > 1 && chance(4) === 0 ? sharedNames[chance(sharedNames.length)] : undefined
    const attempt: Attempt = { own, round, shared, outcome: 'unknown' }
    tried.attempts.push(attempt)
    const reply =
      count === 1
        ? await told(node, 'ImportDevice', { DeviceName: own[0]!, DeviceSecret: `secret-of-${own[0]}` })
        : await told(node, 'BatchImportDevice', devicesNamed(shared === undefined ? own : [...own, shared]))
    if (reply === undefined) {
      attempt.inDoubt = true
      return
    }
    if (reply === 'not sent') {
      attempt.outcome = 'out'
      return
    }
    attempt.outcome = reply.code === '' ? 'in' : reply.code === 'ServiceUnavailable' ? 'unavailable' : 'out'
    attempt.acknowledged = attempt.outcome === 'in'
    attempt.inDoubt = attempt.outcome === 'unavailable'
    if (reply.applyId !== undefined) attempt.applyId = reply.applyId
  }

  async function remove(node: Node): Promise<void> {
    const attempt = tried.attempts[chance(tried.attempts.length)]!
    if (attempt.own.length !== 1 || attempt.outcome !== 'in') return
    attempt.outcome = 'unknown'
    const reply = await told(node, 'DeleteDevice', { DeviceName: attempt.own[0]! })
    if (reply === 'not sent') attempt.outcome = 'in'
    else if (reply?.code === '') attempt.outcome = 'out'
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const node = nodes[chance(nodes.length)]!
      const what = chance(10)
      if (what < 5) await register(node, 2 + chance((chance(4) === 0 ? largeMax : importMax) - 1))
      else if (what < 8) await register(node, 1)
      else if (what < 9 && tried.attempts.length > 0) await remove(node)
      else await told(node, 'BatchCheckImportDevice', devicesNamed(sharedNames))
    }
  }

  const done = work()
  return {
    stop: () => {
      stopped = true
      return done
    },
  }
}
