import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../lib/clock.ts'
import { absent, type Column, textAt } from '../../lib/columns.ts'
import type { NewBatch, Storage } from '../storage.ts'
import { sqliteAdmission } from './admission.ts'
import { admissionLock } from './admission-lock.ts'
import { sqliteCalls } from './calls.ts'
import { sqliteConnectionEvents } from './connection-events.ts'
import { isBusy, storageError } from './errors.ts'
import { cacheOf, openAdmissionFile, openFile, openLockFile, truncateLog } from './files.ts'
import { migrate } from './migrate.ts'
import { readsOn } from './reads.ts'
import { reseal } from './reseal.ts'
import { sqliteSessions } from './sessions.ts'
import { sqliteSignIn } from './sign-in.ts'
import { statementsOn } from './statements.ts'
import { sqliteTraffic } from './traffic.ts'
import { inlineWriter, threadWriter } from './writer.ts'
import type { NewBatchRows } from './writes/batches.ts'
import { writesOn } from './writes.ts'

/** How often a lock that another process has is asked for. */
const lockPollMs = 50

/**
 * The store in SQLite: roll.db and gate.db in a folder that is made if it is missing, or in memory alone.
 * Any number of processes may open the same folder.
 *
 * @param folder where the files lie; undefined keeps everything in memory, for this process only
 */
export function openSqlite(folder: string | undefined, clock: Clock): Storage {
  if (folder !== undefined) makeFolder(folder)
  const rollPath = folder === undefined ? undefined : join(folder, 'roll.db')
  const roll = rollPath === undefined ? new DatabaseSync(':memory:') : openFile(rollPath, cacheOf.reader)
  const admissionFile =
    folder === undefined ? new DatabaseSync(':memory:') : openAdmissionFile(join(folder, 'gate.db'))
  migrate(roll, 'roll')
  migrate(admissionFile, 'gate')
  const statements = statementsOn(roll)
  const reads = readsOn(statements)
  const locked = admissionLock(admissionFile)
  const admission = sqliteAdmission(admissionFile, locked, reads, clock)
  const writer = rollPath === undefined ? inlineWriter(statements) : threadWriter(rollPath)

  return {
    accounts: {
      insert: (row) => writer.run('insertAccount', row),
      all: async () => reads.accounts(),
      find: async (id) => reads.account(id),
      insertRamUser: (row) => writer.run('insertRamUser', row),
      ramUsers: async (account) => reads.ramUsers(account),
      ramUser: async (id) => reads.ramUser(id),
      deleteRamUser: (id) => writer.run('deleteRamUser', id),
      setAllowed: (ramUser, allowed) => writer.run('setAllowed', ramUser, allowed),
      quotas: async (account) => reads.quotas(account),
      setQuota: (account, action, perSecond) => writer.run('setQuota', account, action, perSecond),
    },
    accessKeys: {
      insert: (row, dataKey) => writer.run('insertAccessKey', row, dataKey),
      find: async (id) => reads.accessKey(id),
      of: async (account) => reads.accessKeys(account),
      setActive: (id, active, sealed) => writer.run('setAccessKeyActive', id, active, sealed),
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
      sums: async (account) => reads.productSums(account),
      update: (id, change) => writer.run('updateProduct', id, change),
      delete: (id) => writer.run('deleteProduct', id, clock.now()),
      tags: async (product) => reads.productTags(product),
      setTags: (product, tags, max) => writer.run('setProductTags', product, tags, max),
      deleteTags: (product, keys) => writer.run('deleteProductTags', product, keys),
    },
    devices: {
      namesTaken: async (product, names, entries) => reads.namesTaken(product, names, entries),
      namesAfter: async (product, after, limit) => reads.namesAfter(product, after, limit),
      changesSince: async (product, revision, limit) => reads.changesSince(product, revision, limit),
      nextApplyId: () => writer.run('nextApplyId'),
      insertBatch: (batch) => writer.run('insertBatch', rowsOf(batch)),
      insertFree: (batch) => writer.run('insertFree', rowsOf(batch)),
      batch: async (id) => reads.batch(id),
      batchPage: async (filter, below, limit) => reads.batchPage(filter, below, limit),
      batches: async (ids) => reads.batches(ids),
      blocks: async (wanted) => reads.blocks(wanted),
      ofBatch: async (batch, offset, limit) => reads.devicesOfBatch(batch, offset, limit),
      countOfBatch: async (batch) => reads.countOfBatch(batch),
      deleteUnchanged: (...values) => writer.run('deleteUnchanged', ...values),
      insertChecked: (list, forgetBefore) => writer.run('insertChecked', list, forgetBefore),
      checked: async (applyId) => reads.checkedList(applyId),
      findByName: async (product, name) => reads.deviceByName(product, name),
      findByNames: async (product, names) => reads.devicesByNames(product, names),
      findByNumbers: async (numbers) => reads.devicesByNumbers(numbers),
      page: async (filter, page) => reads.devicePage(filter, page, clock.now()),
      pageByName: async (product, prefix, after, limit) =>
        reads.devicePageByName(product, prefix, after, limit),
      count: async (filter) => reads.deviceCount(filter, clock.now()),
      update: (changes, at) => writer.run('updateDevices', changes, at),
      delete: (...values) => writer.run('deleteDevice', ...values),
      tags: async (device) => reads.deviceTags(device),
      setTags: (device, tags, max, at) => writer.run('setDeviceTags', device, tags, max, at),
      deleteTag: (device, key, at) => writer.run('deleteDeviceTag', device, key, at),
    },
    groups: {
      insert: (row) => writer.run('insertGroup', row),
      find: async (instance, groupId) => reads.group(instance, groupId),
      update: (id, description) => writer.run('updateGroup', id, description),
      delete: (id) => writer.run('deleteGroup', id),
      page: async (instance, filter, offset, limit) => reads.groupPage(instance, filter, offset, limit),
      count: async (instance, filter) => reads.groupCount(instance, filter),
      depth: async (id) => reads.groupDepth(id),
      add: (group, devices, limits, at) => writer.run('addToGroup', group, devices, limits, at),
      remove: (group, devices, at) => writer.run('removeFromGroup', group, devices, at),
      devices: async (group, offset, limit) => reads.groupDevices(group, offset, limit),
      countDevices: async (group, product) => reads.groupDeviceCount(group, product),
      ofDevice: async (device) => reads.groupsOfDevice(device),
    },
    sessions: sqliteSessions(reads, writer, clock),
    signIn: sqliteSignIn(reads, statements),
    topics: {
      find: async (product) => reads.topicClasses(product),
      replace: (product, before, after) =>
        writer.run('replaceTopicClasses', product, before, after, clock.now()),
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
        return writesOn(statements).rewrapDataKeys(
          masterKeyId,
          (wrapped) => done.get(Buffer.from(wrapped).toString('hex')) ?? rewrap(Buffer.from(wrapped)),
        )
      },
      counts: async () => reads.dataKeyCounts(),
      reseal: async (formerId, masterKeyId, anew) => reseal(statements, formerId, masterKeyId, anew),
      // What is kept in memory has no log.
      truncateLog: async () => rollPath === undefined || truncateLog(roll),
    },
    admission,
    calls: sqliteCalls(admissionFile, locked),
    connectionEvents: sqliteConnectionEvents(statements, writer),
    traffic: sqliteTraffic(admissionFile, locked),
    facts: {
      get: async (name) => reads.fact(name),
      settle: (name, value) => writer.run('settleFact', name, value),
    },
    async exclusively(run) {
      if (folder === undefined) return run()
      // A write lock of its own connection: it ends with the process, however that ends.
      const lock = openLockFile(join(folder, 'lock.db'))
      try {
        // Waited for as long as it takes, while calls are answered.
        while (!begun(lock)) await delay(lockPollMs)
        return await run()
      } finally {
        lock.close()
      }
    },
    async check() {
      reads.fact('master_key_id')
      await admission.check()
    },
    async close() {
      await writer.close()
      roll.close()
      admissionFile.close()
    },
  }
}

/** @throws Error when it can't be made or written: what SQLite says of that names no reason */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Error(`the data folder can't be written: ${(error as Error).message}`)
  }
}

/** Takes the write lock; false where another process has it. */
function begun(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw storageError(error, lock)
  }
}

function rowsOf({ names, sns, nicknames, vehicles, size, ...batch }: NewBatch): NewBatchRows {
  return {
    ...batch,
    names: texts(names, size) as string[],
    sns: sns && texts(sns, size),
    nicknames: nicknames && texts(nicknames, size),
    vehicles: vehicles && texts(vehicles, size),
  }
}

function texts(column: Column, size: number): (string | null)[] {
  return Array.from({ length: size }, (_, entry) =>
    column.length[entry] === absent ? null : textAt(column, entry)!,
  )
}
