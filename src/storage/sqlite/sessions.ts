import { messagesSweptAtOnce, sessionChangesMs } from '../retention.ts'
import * as rows from '../rows.ts'
import type { SessionStore } from '../storage.ts'
import { claimDevice } from './claims.ts'
import { sessionChanged } from './session-changes.ts'
import type { Statements } from './statements.ts'
import { type Sync, subject } from './subject.ts'

type Reads = 'sessions' | 'count' | 'changesAfter'
type Writes = 'claim' | 'end' | 'sweep' | 'cut'

export const sessions = subject<SessionStore, Reads, Writes>(sessionReads, (statements) => {
  const { run, transaction, unflushed, now } = statements
  return {
    claim: (node, claims) => unflushed(() => claims.map((claim) => claimDevice(statements, node, claim))),
    end: (node, ended) =>
      unflushed(() => {
        for (const { device, epoch } of ended) {
          run(
            `UPDATE device_session SET online = 0, ended_at = ?
             WHERE product = ? AND name = ? AND number = ? AND epoch = ? AND node = ?`,
            now(),
            device.product,
            device.name,
            device.number,
            epoch,
            node,
          )
        }
      }),
    sweep: () =>
      unflushed(() => {
        run(
          `DELETE FROM device_message WHERE rowid IN
             (SELECT rowid FROM device_message WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`,
          now(),
          messagesSweptAtOnce,
        )
        run('DELETE FROM session_change WHERE at < ?', now() - sessionChangesMs)
        deleteOldNode(statements)
      }),
    cut: (devices) =>
      transaction(() => {
        for (const { product, number } of devices) sessionChanged(statements, product, 'cut', [number])
      }),
  }
})

/** The node's devices stay offline since the end of its lease, as they were reported before. */
function deleteOldNode({ one, run, now }: Statements): void {
  const node = one(
    'SELECT id, lease_until FROM node WHERE lease_until < ? ORDER BY id LIMIT 1',
    now() - sessionChangesMs,
  )
  if (node === undefined) return
  const { id, lease_until: endedAt } = node
  run('UPDATE device_session SET online = 0, ended_at = ? WHERE node = ? AND online = 1', endedAt, id)
  run('DELETE FROM node WHERE id = ?', id)
}

function sessionReads({ one, all, now }: Statements): Sync<SessionStore, Reads> {
  return {
    sessions: (devices) =>
      devices.map(({ product, name, number }) =>
        rows.maybe(
          one(
            `SELECT s.*, n.lease_until, n.address AS node_address FROM device_session s
               LEFT JOIN node n ON n.id = s.node WHERE s.product = ? AND s.name = ? AND s.number = ?`,
            product,
            name,
            number,
          ),
          (row) => rows.session(row, now()),
        ),
      ),
    count(products, group) {
      const where = `s.product IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR EXISTS (
        SELECT 1 FROM group_device g WHERE g.device_group = ?2 AND g.product = s.product AND g.name = s.name))`
      const values = [JSON.stringify(products), group ?? null] as const
      const { active, online } = one(
        `SELECT count(*) AS active,
           coalesce(sum(s.online AND s.node IN (SELECT id FROM node WHERE lease_until > ?3)), 0) AS online
         FROM device_session s WHERE ${where}`,
        ...values,
        now(),
      )!
      const { disabled } = one(
        `SELECT count(*) AS disabled FROM device d JOIN device_session s ON s.product = d.product AND s.name = d.name
         WHERE d.disabled = 1 AND d.product IN (SELECT value FROM json_each(?1)) AND ${where}`,
        ...values,
      )!
      return { active, online, disabled }
    },
    changesAfter: (id, limit) =>
      all('SELECT * FROM session_change WHERE id > ? ORDER BY id LIMIT ?', id, limit).map(rows.sessionChange),
  }
}
