import { Refused, Unreachable } from '../client/outcome.ts'
import type { Rows } from '../device-files/rows.ts'
import type { ImportPass } from './import-job.ts'
import type { ChunkRecord } from './journal.ts'
import { reasons } from './reasons.ts'
import { reconcile } from './reconcile.ts'
import { type BadRows, badRowsIn, deviceList, firstCodes, parametersOf } from './target.ts'

/** Calls per chunk without an answer before the import pauses. */
const sendsMax = 5

/**
 * Imports one chunk until each of its rows is registered or left out. The states are those of import-all.ts.
 */
export class ChunkImport {
  readonly #pass: ImportPass
  readonly #number: number
  readonly #rows: Rows
  readonly #digest: string
  readonly #record: ChunkRecord
  /** Rows that an earlier run reported as done; the lookup of the chunk finds them again. */
  #reported: number

  constructor(pass: ImportPass, number: number, rows: Rows, digest: string) {
    this.#pass = pass
    this.#number = number
    this.#rows = rows
    this.#digest = digest
    this.#record = pass.journal.of(number)
    this.#reported = this.#record.imported
  }

  /**
   * Imports these rows of the chunk.
   * @throws Unreachable or Refused if it can't continue now
   */
  run(entries: Int32Array): Promise<void> {
    return this.#import(entries, this.#record.sent, true)
  }

  /**
   * @param wasInDoubt whether a call with these rows may have been executed without an answer
   * @param isLast whether these are the last rows of the chunk
   */
  async #import(entries: Int32Array, wasInDoubt: boolean, isLast: boolean): Promise<void> {
    const { client, target, journal, report, importJobId } = this.#pass
    const parameters = {
      ...parametersOf(target),
      ...(importJobId !== undefined && { ImportJobId: importJobId }),
    }
    const chunk = this.#number
    let toSend = entries
    let hasDoubt = wasInDoubt
    for (let sends = 0, isInDoubt = wasInDoubt; ; sends++) {
      if (isInDoubt && toSend.length > 0) toSend = await this.#reconcile(toSend, isLast)
      if (toSend.length === 0) {
        if (isLast && !this.#record.done) await journal.markDone(chunk)
        return
      }
      await journal.markSent(chunk, this.#digest)
      report({ type: 'batchSent', chunk, rows: toSend.length })
      try {
        const list = deviceList(this.#rows, toSend)
        const { Data } = await client.call('BatchImportDevice', parameters, list)
        await this.#done(toSend.length, Data?.ApplyId, isLast)
        return
      } catch (error) {
        isInDoubt = isDoubtful(error)
        if (isInDoubt) {
          hasDoubt = true
          report({ type: 'batchInDoubt', chunk, rows: toSend.length, error })
        } else if (!(error instanceof Refused)) throw error
        else if (error.isTooLarge && toSend.length > 1) {
          const half = toSend.length >> 1
          await this.#import(toSend.subarray(0, half), hasDoubt, false)
          return this.#import(toSend.subarray(half), hasDoubt, isLast)
        } else {
          const bad: BadRows =
            error.code === 'iot.device.ApplyManyDevicesFailed'
              ? badRowsIn(error.answer?.Data, this.#rows, toSend)
              : new Map()
          if (bad.size === 0) throw error
          // A call without an answer may have been executed since the last lookup, so the registered names may
          // be our own.
          isInDoubt = hasDoubt && [...bad.values()].some((found) => found.includes(reasons.nameTaken))
          // The endpoint registers all rows of a call or none, so bad rows are removed.
          if (!isInDoubt) toSend = await this.#without(toSend, bad)
        }
        if (isInDoubt && sends >= sendsMax) throw error
      }
    }
  }

  /** @returns the rows in doubt that must be sent again */
  async #reconcile(entries: Int32Array, isLast: boolean): Promise<Int32Array> {
    this.#pass.report({ type: 'reconciling', chunk: this.#number, rows: entries.length })
    const { client, target } = this.#pass
    const { registered, rejected } = await reconcile(client, target, this.#rows, entries)
    const rest = await this.#without(
      entries.filter((entry) => !registered.has(entry)),
      rejected,
    )
    const found = registered.size - this.#reported
    this.#reported = 0
    if (found > 0) await this.#done(found, undefined, isLast && rest.length === 0)
    return rest
  }

  async #without(entries: Int32Array, bad: BadRows): Promise<Int32Array> {
    if (bad.size === 0) return entries
    await this.#pass.journal.markLeft(this.#number, firstCodes(bad))
    return entries.filter((entry) => !bad.has(entry))
  }

  async #done(rows: number, applyId: string | number | undefined, isLast: boolean): Promise<void> {
    const { journal, report } = this.#pass
    const batch = { rows, applyId: applyId === undefined ? undefined : String(applyId) }
    await (isLast
      ? journal.markDone(this.#number, batch)
      : journal.markSent(this.#number, this.#digest, batch))
    report({ type: 'batchDone', chunk: this.#number, ...batch })
  }
}

const isDoubtful = (error: unknown) =>
  (error instanceof Unreachable && error.maybeDone) || (error instanceof Refused && error.isOutcomeUnknown)
