import * as rows from '../../rows.ts'
import type { DeviceKey, GroupFilter } from '../../storage.ts'
import type { Statements } from '../statements.ts'

export function groupReads({ one, all }: Statements) {
  function conditions(instance: number, { parent, name }: GroupFilter) {
    const values: (string | number)[] = [instance]
    const parts = ['instance = ?']
    if (parent !== undefined) {
      parts.push('parent = ?')
      values.push(parent)
    }
    if (name !== undefined) {
      parts.push('name = ?')
      values.push(name)
    }
    return { where: parts.join(' AND '), values }
  }
  return {
    group: (instance: number, groupId: string) =>
      rows.maybe(
        one('SELECT * FROM device_group WHERE group_id = ? AND instance = ?', groupId, instance),
        rows.group,
      ),
    groupPage(instance: number, filter: GroupFilter, offset: number, limit: number) {
      const { where, values } = conditions(instance, filter)
      const sql = `SELECT * FROM device_group WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?`
      return all(sql, ...values, limit, offset).map(rows.group)
    },
    groupCount(instance: number, filter: GroupFilter): number {
      const { where, values } = conditions(instance, filter)
      return one(`SELECT count(*) AS count FROM device_group WHERE ${where}`, ...values)!.count
    },
    groupDepth: (id: number): number =>
      one(
        `WITH RECURSIVE above (id, parent) AS (
           SELECT id, parent FROM device_group WHERE id = ?
           UNION ALL SELECT g.id, g.parent FROM device_group g JOIN above a ON g.id = a.parent)
         SELECT count(*) - 1 AS depth FROM above`,
        id,
      )!.depth,
    groupDevices: (group: number, offset: number, limit: number) =>
      all(
        `SELECT d.* FROM group_device g JOIN device d ON d.product = g.product AND d.name = g.name
         WHERE g.device_group = ? ORDER BY d.number DESC LIMIT ? OFFSET ?`,
        group,
        limit,
        offset,
      ).map(rows.device),
    groupDeviceCount: (group: number, product?: number): number =>
      one(
        'SELECT count(*) AS count FROM group_device WHERE device_group = ?1 AND product = coalesce(?2, product)',
        group,
        product ?? null,
      )!.count,
    groupsOfDevice: ({ product, name }: DeviceKey) =>
      all(
        `SELECT g.* FROM group_device r JOIN device_group g ON g.id = r.device_group
         WHERE r.product = ? AND r.name = ? ORDER BY g.id`,
        product,
        name,
      ).map(rows.group),
  }
}
