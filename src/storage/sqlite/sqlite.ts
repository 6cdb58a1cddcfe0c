import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../lib/clock.ts'
import { absent, type Column, textAt } from '../../lib/columns.ts'
import type { Random } from '../../lib/random.ts'
import type { Storage } from '../storage.ts'
import { openFile, openGateFile, openLockFile } from './files.ts'
import { sqliteGate } from './gate.ts'
import { knownNames } from './known-names.ts'
import { migrate } from './migrate.ts'
import { readsOn } from './reads.ts'
import { inlineWriter, threadWriter } from './writer.ts'
import { writesOn } from './writes.ts'

/**
 * The store in SQLite: roll.db and gate.db in a folder that is made if it is missing, or in memory alone.
 * Any number of processes may open the same folder.
 *
 * @param folder where the files lie; undefined keeps everything in memory, for this process only
 */
export function openSqlite(folder: string | undefined, clock: Clock, random: Random): Storage {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const rollPath = folder === undefined ? undefined : join(folder, 'roll.db')
  const roll = rollPath === undefined ? new DatabaseSync(':memory:') : openFile(rollPath)
  const gate = folder === undefined ? new DatabaseSync(':memory:') : openGateFile(join(folder, 'gate.db'))
  migrate(roll, 'roll')
  migrate(gate, 'gate')
  const reads = readsOn(roll)
  const known = knownNames(roll, random.bytes(4).readInt32LE())
  const writer = rollPath === undefined ? inlineWriter(roll) : threadWriter(rollPath)

  return {
    accounts: {
      insert: (row) => writer.run('insertAccount', row),
      all: async () => reads.accounts(),
      insertRamUser: (row) => writer.run('insertRamUser', row),
      ramUsers: async (account) => reads.ramUsers(account),
      ramUser: async (id) => reads.ramUser(id),
      setAllowed: (ramUser, allowed) => writer.run('setAllowed', ramUser, allowed),
      quota: async (account, action) => reads.quota(account, action),
      setQuota: (account, action, perSecond) => writer.run('setQuota', account, action, perSecond),
    },
    accessKeys: {
      insert: (row, dataKey) => writer.run('insertAccessKey', row, dataKey),
      find: async (id) => reads.accessKey(id),
      of: async (account) => reads.accessKeys(account),
      setActive: (id, active) => writer.run('setAccessKeyActive', id, active),
      delete: (id) => writer.run('deleteAccessKey', id),
    },
    instances: {
      insert: (row) => writer.run('insertInstance', row),
      find: async (account, instanceId) => reads.instance(account, instanceId),
      of: async (account) => reads.instances(account),
    },
    products: {
      insert: (row, dataKey) => writer.run('insertProduct', row, dataKey),
      find: async (instance, productKey) => reads.product(instance, productKey),
      findById: async (instance, id) => reads.productById(instance, id),
      page: async (instance, filter, offset, limit) => reads.productPage(instance, filter, offset, limit),
      count: async (instance, filter) => reads.productCount(instance, filter),
    },
    devices: {
      namesTaken: async (product, names, entries) =>
        reads.namesTaken(product, names, known.candidates(product, names, entries)),
      insertBatch: ({ names, sns, nicknames, size, ...batch }) =>
        writer.run('insertBatch', {
          ...batch,
          names: texts(names, size) as string[],
          sns: texts(sns, size),
          nicknames: nicknames && texts(nicknames, size),
        }),
      batch: async (id) => reads.batch(id),
      ofBatch: async (batch, offset, limit) => reads.devicesOfBatch(batch, offset, limit),
      countOfBatch: async (batch) => reads.countOfBatch(batch),
      findByName: async (product, name) => reads.deviceByName(product, name),
      findByNumber: async (number) => reads.deviceByNumber(number),
      delete: (number) => writer.run('deleteDevice', number),
      block: async (batch, index) => reads.block(batch, index),
    },
    dataKeys: {
      find: async (id) => reads.dataKey(id),
      settle: (name, dataKey) => writer.run('settleDataKey', name, dataKey),
      async rewrap(masterKeyId, rewrap) {
        // Before the lock is taken all that are there are wrapped, so that others wait only for those that came since.
        const done = new Map(
          reads.dataKeys().map(({ wrapped }) => [wrapped.toString('hex'), rewrap(wrapped)]),
        )
        // On this connection: a function can't be sent to the writing thread.
        return writesOn(roll).rewrapDataKeys(
          masterKeyId,
          (wrapped) => done.get(Buffer.from(wrapped).toString('hex')) ?? rewrap(Buffer.from(wrapped)),
        )
      },
    },
    gate: sqliteGate(gate, clock),
    facts: {
      get: async (name) => reads.fact(name),
      settle: (name, value) => writer.run('settleFact', name, value),
    },
    async alone(run) {
      if (folder === undefined) return run()
      // A write lock of its own connection: it ends with the process, however that ends.
      const lock = openLockFile(join(folder, 'lock.db'))
      try {
        lock.exec('BEGIN IMMEDIATE')
        return await run()
      } finally {
        lock.close()
      }
    },
    async close() {
      known.close()
      await writer.close()
      roll.close()
      gate.close()
    },
  }
}

function texts(column: Column, size: number): (string | null)[] {
  return Array.from({ length: size }, (_, entry) =>
    column.length[entry] === absent ? null : textAt(column, entry)!,
  )
}
