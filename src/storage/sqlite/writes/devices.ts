import {
  type BatchRow,
  type BlockChange,
  type ChangedDevice,
  Conflict,
  type DeviceChange,
  type DeviceKey,
  type Tag,
} from '../../storage.ts'
import type { Statements } from '../statements.ts'
import { namesChanged } from './names.ts'
import { deleteSessions, sessionChanged } from './session-changes.ts'

export function deviceWrites(statements: Statements) {
  const { one, all, run, transaction } = statements
  const touch = ({ number }: DeviceKey, at: number) =>
    run('UPDATE device SET modified_at = ? WHERE number = ?', at, number) === 1

  const updateDevice = ({ number }: DeviceKey, { nickname, disabled }: DeviceChange, at: number) =>
    run(
      `UPDATE device SET nickname = CASE WHEN ?1 THEN ?2 ELSE nickname END,
         disabled = coalesce(?3, disabled), modified_at = ?4 WHERE number = ?5`,
      nickname === undefined ? 0 : 1,
      nickname ?? null,
      disabled === undefined ? null : Number(disabled),
      at,
      number,
    ) === 1

  /** What is tied to devices goes with them. */
  function deleteTied(product: number, names: readonly string[]): void {
    const asked = JSON.stringify(names)
    for (const table of ['device_tag', 'group_device']) {
      run(
        `DELETE FROM ${table} WHERE product = ? AND name IN (SELECT value FROM json_each(?))`,
        product,
        asked,
      )
    }
  }

  /** @throws Conflict */
  function replaceBlock({ batch, block, before, after }: BlockChange): void {
    const sql = 'UPDATE batch_block SET sealed = ? WHERE batch = ? AND block = ? AND sealed = ?'
    if (run(sql, after, batch, block, before) === 0)
      throw new Conflict(`the block ${block} of the batch ${batch} was changed meanwhile`)
  }

  return {
    updateDevices(changes: readonly ChangedDevice[], at: number): DeviceKey | undefined {
      try {
        return transaction(() => {
          for (const { device, change } of changes)
            if (!updateDevice(device, change, at)) throw new Gone(device)
          for (const { device, change } of changes)
            if (change.disabled) sessionChanged(statements, device.product, 'disabled', [device.number], at)
          return undefined
        })
      } catch (error) {
        if (error instanceof Gone) return error.device
        throw error
      }
    },

    deleteDevice: ({ product, name, number }: DeviceKey, at: number, block?: BlockChange): boolean =>
      transaction(() => {
        if (run('DELETE FROM device WHERE number = ?', number) === 0) return false
        if (block !== undefined) replaceBlock(block)
        deleteTied(product, [name])
        deleteSessions(statements, product, [name])
        sessionChanged(statements, product, 'deleted', [number], at)
        namesChanged(statements, product, [name], 'removed', at)
        return true
      }),

    deleteUnchanged: (
      { id, product, firstNumber, size }: BatchRow,
      at: number,
      numbers?: readonly number[],
      blocks: readonly BlockChange[] = [],
    ): number =>
      transaction(() => {
        const deleted = all(
          `DELETE FROM device WHERE number BETWEEN ?1 AND ?2 AND modified_at IS NULL
             AND (?3 IS NULL OR number IN (SELECT value FROM json_each(?3))) RETURNING name, number`,
          firstNumber,
          firstNumber + size - 1,
          numbers === undefined ? null : JSON.stringify(numbers),
        )
        const names = deleted.map(({ name }) => name as string)
        if (numbers !== undefined && names.length !== numbers.length)
          throw new Conflict(`devices of the batch ${id} were changed meanwhile`)
        blocks.forEach(replaceBlock)
        if (names.length === 0) return 0
        // No tag and no group is tied to them: that would have been a change. A session may be.
        deleteSessions(statements, product, names)
        sessionChanged(
          statements,
          product,
          'deleted',
          deleted.map(({ number }) => number),
          at,
        )
        namesChanged(statements, product, names, 'removed', at)
        return names.length
      }),

    setDeviceTags: (device: DeviceKey, tags: readonly Tag[], max: number, at: number): boolean =>
      transaction(() => {
        const { product, name } = device
        const asked = JSON.stringify(tags)
        const { count } = one(
          `SELECT count(*) AS count FROM (SELECT key FROM device_tag WHERE product = ? AND name = ?
             UNION SELECT value ->> 'key' FROM json_each(?))`,
          product,
          name,
          asked,
        )!
        if (count > max || !touch(device, at)) return false
        run(
          `INSERT OR REPLACE INTO device_tag (product, name, key, value)
           SELECT ?, ?, value ->> 'key', value ->> 'value' FROM json_each(?)`,
          product,
          name,
          asked,
        )
        return true
      }),
    deleteDeviceTag: (device: DeviceKey, key: string, at: number): boolean =>
      transaction(() => {
        const sql = 'DELETE FROM device_tag WHERE product = ? AND name = ? AND key = ?'
        return run(sql, device.product, device.name, key) === 1 && touch(device, at)
      }),
  }
}

/** Takes back what a transaction has written. */
class Gone extends Error {
  readonly device: DeviceKey
  constructor(device: DeviceKey) {
    super(`the device ${device.name} is gone`)
    this.device = device
  }
}
