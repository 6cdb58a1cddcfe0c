import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../lib/clock.ts'
import type { Storage } from '../storage.ts'
import { admissionStore } from './admission.ts'
import { admissionLock } from './admission-lock.ts'
import { batchRows } from './batches.ts'
import { callStore } from './calls.ts'
import { isBusy, storageError } from './errors.ts'
import { cacheOf, openAdmissionFile, openFile, openLockFile, truncateLog } from './files.ts'
import { migrate } from './migrate.ts'
import { reseal } from './reseal.ts'
import { rewrap } from './secrets.ts'
import { signInStore } from './sign-in.ts'
import { type Statements, statementsOn } from './statements.ts'
import type { Async, Subject } from './subject.ts'
import { type SubjectName, subjects } from './subjects.ts'
import { trafficStore } from './traffic.ts'
import { inlineWriter, threadWriter, type Writer } from './writer.ts'

/** How often a lock that another process has is asked for. */
const lockPollMs = 50

/**
 * The store in SQLite: roll.db and gate.db in a folder that is made if it is missing, or in memory alone.
 * Any number of processes may open the same folder.
 *
 * @param folder the folder of the files; undefined keeps everything in memory, for this process only
 */
export function openSqlite(folder: string | undefined, clock: Clock): Storage {
  if (folder !== undefined) makeFolder(folder)
  const rollPath = folder === undefined ? undefined : join(folder, 'roll.db')
  const roll = rollPath === undefined ? new DatabaseSync(':memory:') : openFile(rollPath, cacheOf.reader)
  const gate =
    folder === undefined ? new DatabaseSync(':memory:') : openAdmissionFile(join(folder, 'gate.db'))
  migrate(roll, 'roll')
  migrate(gate, 'gate')
  const now = () => clock.now()
  const statements = statementsOn(roll, now)
  const locked = admissionLock(gate)
  const admission = admissionStore(gate, locked, statements, clock)
  const writer = rollPath === undefined ? inlineWriter(statements) : threadWriter(rollPath, clock)
  const store = storesOf(statements, writer)
  const batches = store('batches')
  const nodes = store('nodes')

  return {
    accounts: store('accounts'),
    accessKeys: store('accessKeys'),
    instances: store('instances'),
    products: store('products'),
    devices: {
      ...store('devices'),
      ...store('names'),
      ...batches,
      insertBatch: (batch) => batches.insertBatch(batchRows(batch)),
      insertFree: (batch) => batches.insertFree(batchRows(batch)),
    },
    groups: store('groups'),
    importJobs: store('importJobs'),
    sessions: {
      ...nodes,
      async join(address, leaseMs) {
        const until = clock.now() + leaseMs
        const joined = await nodes.join(address, leaseMs)
        writer.keepLease({ node: joined.id, until, leaseMs })
        return joined
      },
      ...store('sessions'),
      ...store('subscriptions'),
      ...store('messages'),
    },
    signIn: signInStore(statements),
    topics: store('topics'),
    dataKeys: {
      ...store('dataKeys'),
      rewrap: async (masterKeyId, rewrapped) => rewrap(statements, masterKeyId, rewrapped),
      reseal: async (formerId, masterKeyId, anew) => reseal(statements, formerId, masterKeyId, anew),
      // A store in memory has no log.
      truncateLog: async () => rollPath === undefined || truncateLog(roll),
    },
    facts: store('facts'),
    admission,
    calls: callStore(statementsOn(gate, now), locked),
    connectionEvents: store('connectionEvents'),
    traffic: trafficStore(statementsOn(gate, now), locked),
    async exclusively(run) {
      if (folder === undefined) return run()
      // A write lock of its own connection: it ends with the process, however that ends.
      const lock = openLockFile(join(folder, 'lock.db'))
      try {
        // However long that takes, calls are answered meanwhile.
        while (!begun(lock)) await delay(lockPollMs)
        return await run()
      } finally {
        lock.close()
      }
    },
    async check() {
      statements.one('SELECT 1 FROM fact')
      await admission.check()
    },
    async close() {
      await writer.close()
      roll.close()
      gate.close()
    },
  }
}

/**
 * The stores of the subjects of roll.db: what reads is run at once, and what writes is sent to the writer under the
 * same name.
 */
function storesOf(statements: Statements, writer: Writer) {
  return <Name extends SubjectName>(name: Name) => {
    const { reads, writes } = subjects[name]
    const methods: Record<string, (...values: unknown[]) => Promise<unknown>> = {}
    for (const [method, read] of Object.entries(reads(statements)) as [string, RunRead][])
      methods[method] = async (...values) => read(...values)
    for (const method of Object.keys(writes(statements)))
      methods[method] = (...values) => writer.run(name, method, values)
    return methods as StoreOf<(typeof subjects)[Name]>
  }
}

type RunRead = (...values: unknown[]) => unknown
type StoreOf<Of extends Subject> = Async<ReturnType<Of['reads']> & ReturnType<Of['writes']>>

/** @throws Error when it can't be made or written: SQLite's own error gives no reason */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Error(`the data folder can't be written: ${(error as Error).message}`)
  }
}

/** Takes the write lock; false if another process has it. */
function begun(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw storageError(error, lock)
  }
}
