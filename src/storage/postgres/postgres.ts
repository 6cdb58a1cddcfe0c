import type { Clock } from '../../lib/clock.ts'
import { within } from '../../lib/within.ts'
import { type Storage, Unavailable } from '../storage.ts'
import { accessKeyStore, accountStore, dataKeyStore, factStore, instanceStore } from './access.ts'
import { callStore } from './calls.ts'
import { aloneLock, connect } from './connections.ts'
import { deviceStore } from './devices.ts'
import { postgresGate } from './gate.ts'
import { groupStore } from './groups.ts'
import { migrate } from './migrate.ts'
import { productStore } from './products.ts'

/** A database that does not answer a check by then is none to rely on; who asks does not wait for its timeouts. */
const checkMs = 800

export interface PostgresOptions {
  /** Most connections of this process; a few more stand by for nonces and quotas. */
  readonly connections?: number
  /** Whether time comes from `clock` alone; otherwise nonces and quotas go by the database's, which all nodes share. */
  readonly testClock?: boolean
}

/**
 * The store in PostgreSQL 13 or newer: any number of processes on any number of machines.
 *
 * @param url postgres://user:password@host:port/database, with what else libpq's URLs may have
 * @throws Unavailable when the database can't be reached
 */
export async function openPostgres(
  url: string,
  clock: Clock,
  { connections = 10, testClock = false }: PostgresOptions = {},
): Promise<Storage> {
  const roll = connect(url, { max: connections, timeoutMs: 60_000, durable: true })
  // Connections of their own: a call does not wait behind imports, and its nonce need not wait for the disk.
  const gate = connect(url, { max: Math.max(2, Math.ceil(connections / 2)), timeoutMs: 5000, durable: false })
  const close = async () => {
    await Promise.all([roll.close(), gate.close()])
  }
  let spread: boolean
  try {
    await migrate(roll)
    spread = (await roll.one(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`)) !== undefined
  } catch (error) {
    await close()
    if (!(error instanceof Unavailable)) throw error
    throw new Unavailable(`the database can't be used: ${error.message}`, { cause: error })
  }
  return {
    accounts: accountStore(roll),
    // A call with a key that is not remembered does not wait behind imports either.
    accessKeys: { ...accessKeyStore(roll), find: accessKeyStore(gate).find },
    instances: instanceStore(roll),
    products: productStore(roll),
    devices: deviceStore(roll, spread),
    groups: groupStore(roll),
    dataKeys: dataKeyStore(roll),
    // Reading one is part of a check, which does not wait behind imports either.
    facts: { get: factStore(gate).get, settle: factStore(roll).settle },
    gate: postgresGate(gate, clock, testClock),
    calls: callStore(gate),
    alone: (run) => roll.alone(aloneLock, run),
    async check() {
      // Every call writes there. It takes nothing away, but its transaction's mark is written.
      const write = gate.run(`DELETE FROM nonce WHERE hash = ''`)
      await within(
        checkMs,
        write,
        () => new Unavailable(`the database has not answered for ${checkMs} milliseconds`),
      )
    },
    close,
  }
}
