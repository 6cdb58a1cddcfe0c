import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { DeviceKey, GroupFilter, GroupStore } from '../storage.ts'
import { touchDevice } from './devices.ts'
import { subject } from './subject.ts'

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

export const groups = subject<
  GroupStore,
  'find' | 'page' | 'count' | 'depth' | 'devices' | 'countDevices' | 'ofDevice'
>(
  ({ one, all }) => ({
    find: (instance, groupId) =>
      rows.maybe(
        one('SELECT * FROM device_group WHERE group_id = ? AND instance = ?', groupId, instance),
        rows.group,
      ),
    page(instance, filter, offset, limit) {
      const { where, values } = conditions(instance, filter)
      const sql = `SELECT * FROM device_group WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?`
      return all(sql, ...values, limit, offset).map(rows.group)
    },
    count(instance, filter) {
      const { where, values } = conditions(instance, filter)
      return one(`SELECT count(*) AS count FROM device_group WHERE ${where}`, ...values)!.count
    },
    depth: (id) =>
      one(
        `WITH RECURSIVE above (id, parent) AS (
           SELECT id, parent FROM device_group WHERE id = ?
           UNION ALL SELECT g.id, g.parent FROM device_group g JOIN above a ON g.id = a.parent)
         SELECT count(*) - 1 AS depth FROM above`,
        id,
      )!.depth,
    devices: (group, offset, limit) =>
      all(
        `SELECT d.* FROM group_device g JOIN device d ON d.product = g.product AND d.name = g.name
         WHERE g.device_group = ? ORDER BY d.number DESC LIMIT ? OFFSET ?`,
        group,
        limit,
        offset,
      ).map(rows.device),
    countDevices: (group, product) =>
      one(
        'SELECT count(*) AS count FROM group_device WHERE device_group = ?1 AND product = coalesce(?2, product)',
        group,
        product ?? null,
      )!.count,
    ofDevice: ({ product, name }) =>
      all(
        `SELECT g.* FROM group_device r JOIN device_group g ON g.id = r.device_group
         WHERE r.product = ? AND r.name = ? ORDER BY g.id`,
        product,
        name,
      ).map(rows.group),
  }),
  (statements) => {
    const { one, run, insert, transaction } = statements
    return {
      insert: (row) => transaction(() => insert(schema.deviceGroup, row)),
      update: (id, description) =>
        transaction(() => run('UPDATE device_group SET description = ? WHERE id = ?', description, id) === 1),
      delete: (id) =>
        transaction(() => {
          if (one('SELECT 1 FROM device_group WHERE parent = ?', id) !== undefined) return 'has-children'
          run('DELETE FROM group_device WHERE device_group = ?', id)
          return run('DELETE FROM device_group WHERE id = ?', id) === 1
        }),
      add: (group, devices, limits, at) =>
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
            if (!touchDevice(statements, device, at)) continue
            insert(schema.groupDevice, { deviceGroup: group, product: device.product, name: device.name })
            result.added++
          }
          return result
        }),
      remove: (group, devices, at) =>
        transaction(() => {
          let removed = 0
          for (const device of devices) {
            const sql = 'DELETE FROM group_device WHERE device_group = ? AND product = ? AND name = ?'
            if (run(sql, group, device.product, device.name) === 0) continue
            touchDevice(statements, device, at)
            removed++
          }
          return removed
        }),
    }
  },
)
