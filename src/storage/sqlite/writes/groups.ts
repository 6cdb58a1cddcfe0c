import type { AddedToGroup, DeviceKey, GroupLimits, GroupRow } from '../../storage.ts'
import type { Statements } from '../statements.ts'

export function groupWrites({ one, run, insert, transaction }: Statements) {
  const touch = ({ number }: DeviceKey, at: number) =>
    run('UPDATE device SET modified_at = ? WHERE number = ?', at, number)
  return {
    insertGroup: (row: Omit<GroupRow, 'id'>): number =>
      transaction(() =>
        insert(
          `INSERT INTO device_group (instance, group_id, name, description, parent, created_at)
           VALUES (?, ?, ?, ?, ?, ?)`,
          row.instance,
          row.groupId,
          row.name,
          row.description,
          row.parent ?? null,
          row.createdAt,
        ),
      ),
    updateGroup: (id: number, description: string): boolean =>
      transaction(() => run('UPDATE device_group SET description = ? WHERE id = ?', description, id) === 1),
    deleteGroup: (id: number): boolean | 'has-children' =>
      transaction(() => {
        if (one('SELECT 1 FROM device_group WHERE parent = ?', id) !== undefined) return 'has-children'
        run('DELETE FROM group_device WHERE device_group = ?', id)
        return run('DELETE FROM device_group WHERE id = ?', id) === 1
      }),

    addToGroup: (
      group: number,
      devices: readonly DeviceKey[],
      limits: GroupLimits,
      at: number,
    ): AddedToGroup | undefined =>
      transaction(() => {
        const result = { added: 0, alreadyIn: 0, inTooMany: 0 }
        const fresh: DeviceKey[] = []
        for (const device of devices) {
          const { mine, count } = one(
            `SELECT count(*) AS count, coalesce(max(device_group = ?), 0) AS mine
             FROM group_device WHERE product = ? AND name = ?`,
            group,
            device.product,
            device.name,
          )!
          if (mine === 1) result.alreadyIn++
          else if (count >= limits.groupsOfDevice) result.inTooMany++
          else fresh.push(device)
        }
        const { count } = one('SELECT count(*) AS count FROM group_device WHERE device_group = ?', group)!
        if (count + fresh.length > limits.devicesOfGroup) return undefined
        for (const device of fresh) {
          if (touch(device, at) === 0) continue
          const sql = 'INSERT INTO group_device (device_group, product, name) VALUES (?, ?, ?)'
          run(sql, group, device.product, device.name)
          result.added++
        }
        return result
      }),
    removeFromGroup: (group: number, devices: readonly DeviceKey[], at: number): number =>
      transaction(() => {
        let removed = 0
        for (const device of devices) {
          const sql = 'DELETE FROM group_device WHERE device_group = ? AND product = ? AND name = ?'
          if (run(sql, group, device.product, device.name) === 0) continue
          touch(device, at)
          removed++
        }
        return removed
      }),
  }
}
