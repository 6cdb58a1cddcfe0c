import type fc from 'fast-check'
import type { Client } from '../../src/client/client.ts'
import type { ListParameter } from '../../src/client/list.ts'
import { type AnswerOf, type FailureAnswer, Refused, Unreachable } from '../../src/client/outcome.ts'
import type { Rows } from '../../src/device-files/rows.ts'
import { rowsOf } from '../../src/device-files/rows-of.ts'
import type { ImportEvent } from '../../src/importer/import-job.ts'
import { ImportJournal, type JournalLine } from '../../src/importer/journal.ts'
import { textAt } from '../../src/lib/columns.ts'

/** Rows of name and secret, in chunks. */
export async function* chunksOf(rows: readonly (readonly string[])[], size: number): AsyncGenerator<Rows> {
  for (let at = 0; at < rows.length; at += size)
    yield rowsOf(
      rows.slice(at, at + size).map((row) => [...row]),
      (entry) => at + entry + 1,
      { name: 0, secret: 1, sn: -1 },
    )
}

/** The fate of a call: `late` runs some time after the client gave up on its answer. */
export type Fault = 'none' | 'lostBefore' | 'lostAfter' | 'late' | 'failed' | 'unreachable' | 'abort'

const refused = (status: number, Code: string, Data: FailureAnswer['Data'] = {}) =>
  new Refused('', { status, header: () => undefined, text: '' }, { Code, Data })

/** An endpoint with its devices by name, whose calls take their turns as the scheduler decides. */
export class Endpoint implements Client {
  readonly devices = new Map<string, string>()
  readonly applied = new Map<string, number>()
  faults: Fault[] = []
  controller = new AbortController()
  calls: string[] = []
  readonly #rowsMax: number
  readonly #turn: () => Promise<void>

  constructor(rowsMax: number, scheduler?: fc.Scheduler) {
    this.#rowsMax = rowsMax
    this.#turn = () => scheduler?.schedule(Promise.resolve()) ?? Promise.resolve()
  }

  async call<const Name extends string>(
    action: Name,
    parameters: Readonly<Record<string, string>>,
    list?: ListParameter,
  ): Promise<AnswerOf<Name>> {
    this.calls.push(action)
    await this.#turn()
    const fault = this.faults.shift() ?? 'none'
    if (fault === 'abort') this.controller.abort(new Error('aborted'))
    if (fault === 'unreachable') throw new Unreachable('no connection', false)
    if (fault === 'failed') throw refused(500, 'ServiceUnavailable')
    if (fault === 'lostBefore') throw new Unreachable('lost', true)
    if (fault === 'late') {
      const late = this.#turn().then(() => this.#execute(action, parameters, list))
      late.catch(() => {})
      throw new Unreachable('lost', true)
    }
    const answer = this.#execute(action, parameters, list)
    await this.#turn()
    if (fault === 'lostAfter') throw new Unreachable('lost', true)
    // The answers have the members that an importer reads.
    return answer as unknown as AnswerOf<Name>
  }

  #execute(action: string, parameters: Readonly<Record<string, string>>, list?: ListParameter) {
    if (action === 'BatchQueryDeviceDetail') {
      const names = Object.entries(parameters).filter(([name]) => name.startsWith('DeviceName.'))
      const Data = names.flatMap(([, DeviceName]) => {
        const DeviceSecret = this.devices.get(DeviceName)
        return DeviceSecret === undefined ? [] : [{ DeviceName, DeviceSecret }]
      })
      return { Data: { Data } }
    }
    const { members, entries } = list!
    if (entries.length > this.#rowsMax) throw refused(400, 'TooManyParameters')
    const names = [...entries].map((entry) => textAt(members.DeviceName!, entry)!)
    const taken = names.filter((name) => this.devices.has(name))
    if (action === 'BatchCheckImportDevice') return { Data: { RepeatedDeviceNameList: taken } }
    if (taken.length > 0)
      throw refused(200, 'iot.device.ApplyManyDevicesFailed', {
        RepeatedDeviceNameList: { repeatedDeviceName: taken },
      })
    names.forEach((name, i) => {
      this.devices.set(name, textAt(members.DeviceSecret!, entries[i]!)!)
    })
    const ApplyId = this.applied.size + 1
    this.applied.set(String(ApplyId), names.length)
    return { Data: { ApplyId } }
  }
}

/** A journal of which these lines are left when the process dies. */
export class KeptJournal extends ImportJournal {
  readonly #kept: JournalLine[]
  readonly #crashAt: number
  readonly #turn: (() => Promise<void>) | undefined
  #writes = 0

  /**
   * @param crashAt the write at which the process dies: nothing is kept from it on
   * @param turn what each write waits for; undefined for a journal that writes at once
   */
  constructor(kept: JournalLine[], crashAt = Number.POSITIVE_INFINITY, turn?: () => Promise<void>) {
    super()
    this.#kept = kept
    this.#crashAt = crashAt
    this.#turn = turn
    for (const line of kept) this.take(line)
  }

  protected override write(lines: readonly JournalLine[], anew: boolean): void | Promise<void> {
    const text = JSON.stringify(lines)
    const keep = () => {
      if (this.#writes++ >= this.#crashAt) throw new Error('the process died')
      if (anew) this.#kept.length = 0
      this.#kept.push(...JSON.parse(text))
    }
    return this.#turn === undefined ? keep() : this.#turn().then(keep)
  }
}

type OfChunk = Exclude<ImportEvent['type'], 'chunkDone' | 'paused'>

/** The events that may follow an event of a chunk, by the table of states in import-all.ts. */
const next: { readonly [E in OfChunk | 'waiting']: readonly OfChunk[] } = {
  // A chunk that an earlier run has sent begins in doubt.
  waiting: ['batchSent', 'reconciling'],
  // Sent again without bad rows or in halves; halves of a chunk that was in doubt are looked up one by one.
  batchSent: ['batchDone', 'batchInDoubt', 'batchSent', 'reconciling'],
  batchInDoubt: ['reconciling'],
  reconciling: ['batchSent', 'batchDone', 'reconciling'],
  batchDone: ['batchSent', 'reconciling'],
}

/** The fault in the order of the events of a run; undefined if it is legal. */
export function illegal(events: readonly ImportEvent[], isPaused: boolean): string | undefined {
  const last = new Map<number, OfChunk | 'waiting'>()
  const open = new Map<number, number>()
  let passed = 0
  for (const [at, event] of events.entries()) {
    if (event.type === 'paused') {
      if (at !== events.length - 1) return `${events[at + 1]!.type} after paused`
      continue
    }
    if (event.type === 'chunkDone') {
      const state = last.get(passed)
      if (state === 'batchInDoubt') return `chunk ${passed} passed in doubt`
      last.delete(passed)
      passed++
      continue
    }
    const { type, chunk, rows } = event
    if (chunk < passed) return `${type} of chunk ${chunk} after it has passed`
    const before = last.get(chunk) ?? 'waiting'
    if (!next[before].includes(type)) return `${type} of chunk ${chunk} after ${before}`
    if (rows <= 0) return `${type} of ${rows} rows`
    if (type === 'batchSent' || type === 'reconciling') open.set(chunk, rows)
    else if (rows > open.get(chunk)!) return `${type} of ${rows} rows, of ${open.get(chunk)}`
    last.set(chunk, type)
  }
  if (isPaused !== (events.at(-1)?.type === 'paused')) return isPaused ? 'not paused' : 'paused at its end'
  return undefined
}
