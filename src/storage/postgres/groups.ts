import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import { type DeviceKey, type GroupFilter, type GroupStore, NotFound } from '../storage.ts'
import type { Connections, Value } from './connections.ts'
import { byNumber, touchDevice } from './devices.ts'
import { insertRow } from './insert.ts'
import { lockUntilCommit } from './locks.ts'

function conditions(instance: number, { parent, name }: GroupFilter) {
  const values: Value[] = [instance]
  const parts = ['instance = $1']
  if (parent !== undefined) parts.push(`parent = $${values.push(parent)}`)
  if (name !== undefined) parts.push(`name = $${values.push(name)}`)
  return { where: parts.join(' AND '), values }
}

export const groupStore = (connections: Connections): GroupStore => ({
  ...groupReads(connections),
  insert: (row) => insertRow(connections, schema.deviceGroup, row),
  update: async (id, description) =>
    (await connections.one(
      'UPDATE device_group SET description = $2 WHERE id = $1 RETURNING id',
      id,
      description,
    )) !== undefined,
  delete: (id) =>
    connections.transaction(async ({ one, run }) => {
      await run('SELECT 1 FROM device_group WHERE id = $1 FOR UPDATE', id)
      if ((await one('SELECT 1 FROM device_group WHERE parent = $1', id)) !== undefined) return 'has-children'
      await run('DELETE FROM group_device WHERE device_group = $1', id)
      return (await one('DELETE FROM device_group WHERE id = $1 RETURNING id', id)) !== undefined
    }),
  add: (group, devices, limits, at) =>
    connections.transaction(async (session) => {
      const { one, run } = session
      const result = { added: 0, alreadyIn: 0, inTooMany: 0 }
      // Locked against a deletion: relations may be on another machine, where no foreign key protects it.
      const there = await one('SELECT 1 FROM device_group WHERE id = $1 FOR KEY SHARE', group)
      if (there === undefined) throw new NotFound('the group')
      // One transaction at a time, or two could both take the last place of a device or a group.
      await run(lockUntilCommit('groups'))
      const fresh: DeviceKey[] = []
      for (const device of devices) {
        const { count, mine } = (await one(
          `SELECT count(*) AS count, coalesce(bool_or(device_group = $1), false) AS mine
           FROM group_device WHERE product = $2 AND name = $3`,
          group,
          device.product,
          device.name,
        ))!
        if (mine) result.alreadyIn++
        else if (count >= limits.groupsOfDevice) result.inTooMany++
        else fresh.push(device)
      }
      const { count } = (await one(
        'SELECT count(*) AS count FROM group_device WHERE device_group = $1',
        group,
      ))!
      if (count + fresh.length > limits.devicesOfGroup) return undefined
      for (const device of fresh.sort(byNumber)) {
        if (!(await touchDevice(session, device, at))) continue
        await run(
          'INSERT INTO group_device (device_group, product, name) VALUES ($1, $2, $3)',
          group,
          device.product,
          device.name,
        )
        result.added++
      }
      return result
    }),
  remove: (group, devices, at) =>
    connections.transaction(async ({ one, run }) => {
      let removed = 0
      for (const { product, name } of devices.toSorted(byNumber)) {
        const sql = `DELETE FROM group_device WHERE device_group = $1 AND product = $2 AND name = $3
          RETURNING name`
        if ((await one(sql, group, product, name)) === undefined) continue
        await run('UPDATE device SET modified_at = $3 WHERE product = $1 AND name = $2', product, name, at)
        removed++
      }
      return removed
    }),
})

type GroupReads = Pick<
  GroupStore,
  'find' | 'page' | 'count' | 'depth' | 'devices' | 'countDevices' | 'ofDevice'
>

const groupReads = ({ all, one }: Connections): GroupReads => ({
  find: async (instance, groupId) =>
    rows.maybe(
      await one('SELECT * FROM device_group WHERE group_id = $1 AND instance = $2', groupId, instance),
      rows.group,
    ),
  async page(instance, filter, offset, limit) {
    const { where, values } = conditions(instance, filter)
    const sql = `SELECT * FROM device_group WHERE ${where} ORDER BY id DESC
      LIMIT $${values.push(limit)} OFFSET $${values.push(offset)}`
    return (await all(sql, ...values)).map(rows.group)
  },
  async count(instance, filter) {
    const { where, values } = conditions(instance, filter)
    return (await one(`SELECT count(*) AS count FROM device_group WHERE ${where}`, ...values))!.count
  },
  depth: async (id) =>
    (await one(
      `WITH RECURSIVE above AS (
         SELECT id, parent FROM device_group WHERE id = $1
         UNION ALL SELECT g.id, g.parent FROM device_group g JOIN above a ON g.id = a.parent)
       SELECT count(*) - 1 AS depth FROM above`,
      id,
    ))!.depth,

  devices: async (group, offset, limit) =>
    (
      await all(
        `SELECT d.* FROM group_device g JOIN device d ON d.product = g.product AND d.name = g.name
         WHERE g.device_group = $1 ORDER BY d.number DESC LIMIT $2 OFFSET $3`,
        group,
        limit,
        offset,
      )
    ).map(rows.device),
  countDevices: async (group, product) =>
    (await one(
      'SELECT count(*) AS count FROM group_device WHERE device_group = $1 AND product = coalesce($2, product)',
      group,
      product ?? null,
    ))!.count,
  async ofDevice({ product, name }) {
    // Two statements, because in a distributed store the groups and their devices are on different machines.
    const groups = await all(
      'SELECT device_group FROM group_device WHERE product = $1 AND name = $2',
      product,
      name,
    )
    const ids = groups.map(({ device_group }) => device_group as number)
    return (await all('SELECT * FROM device_group WHERE id = ANY($1::bigint[]) ORDER BY id', ids)).map(
      rows.group,
    )
  },
})
