import type { Row } from './rows.ts'
import type { ConnectionEventRow, TrafficRow } from './storage.ts'

/** Columns of connection_event in the order of `connectionEventValues`. */
export const connectionEventColumns =
  'product, name, number, time, id, last_at, times, kind, reason, detail, address, node, node_name, epoch, client_id, protocol_version'

export const connectionEventValues = (event: ConnectionEventRow) =>
  [
    event.device.product,
    event.device.name,
    event.device.number,
    event.time,
    event.id,
    event.lastAt,
    event.times,
    event.kind,
    event.reason,
    event.detail,
    event.address,
    event.node,
    event.nodeName,
    event.epoch,
    event.clientId,
    event.protocolVersion,
  ] as const

export const connectionEvent = (row: Row): ConnectionEventRow => ({
  device: { product: row.product, name: row.name, number: row.number },
  id: row.id,
  time: row.time,
  lastAt: row.last_at,
  times: row.times,
  kind: row.kind,
  reason: row.reason,
  detail: row.detail,
  address: row.address,
  node: row.node,
  nodeName: row.node_name,
  epoch: row.epoch,
  clientId: row.client_id,
  protocolVersion: row.protocol_version,
})

export const traffic = ({ account, time, connections, connects, up, down }: Row): TrafficRow => ({
  account,
  time,
  connections,
  connects,
  up,
  down,
})
