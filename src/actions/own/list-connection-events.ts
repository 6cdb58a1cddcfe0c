import { int, list, optional, struct, text } from '../../api/shape.ts'
import { eventsMax, keptDays } from '../../registry/connection-log.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Names of the protocol versions of CONNECT. */
const versions: Readonly<Record<number, string>> = { 3: '3.1', 4: '3.1.1', 5: '5.0' }

/** Lists the connects, disconnects and refusals of a device. */
export const listConnectionEvents = action({
  name: 'ListConnectionEvents',
  family: 'own',
  effect: 'read',
  summary: {
    en: `Lists the newest ${eventsMax} connects, disconnects and refused sign-ins of a device in the last ${keptDays} days, on all nodes, newest first. Nodes write them within about a second; after thousands of devices have connected at once, within minutes.`,
    zh: `查询设备最近 ${keptDays} 天内最新的 ${eventsMax} 条连接、断开和拒绝记录（所有节点），按时间倒序。记录一般在一秒内写入；大量设备同时上线后，可能延迟数分钟。`,
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  unlisted: true,

  parameters: {
    IotInstanceId: iotInstanceId,
    ...deviceKey,
    MaxResults: optional(
      int(
        { min: 1, max: eventsMax, default: eventsMax },
        { en: 'The number of events.', zh: '返回的记录条数。' },
      ),
    ),
  },

  answer: {
    Data: struct({
      Event: list(
        struct({
          Time: milliseconds('When it happened; of refusals that are counted together, the first'),
          LastTime: milliseconds('When the last one of those happened; otherwise the same as Time'),
          Count: int(
            {},
            'Refusals of the same reason and address within ten minutes are one event, with their number.',
          ),
          Type: text('connected, disconnected or refused.'),
          Reason: text(
            'Why: of a disconnect: disconnected (the device sent DISCONNECT), closed (without one), keep-alive, unread (it did not read what was sent), protocol error, taken over (by a second connection of the device), deleted, disabled, reset, not stored, server error, lease lost, shutting down, or node lost (the node ended without a word; Time is then the latest possible). Of a refusal: credentials (wrong password), disabled, throttled, connect rate, identifier, keep-alive, protocol level, authentication method, will QoS, busy or unavailable. Empty for a connect.',
          ),
          Detail: text('What was wrong with the protocol, in words; often empty.'),
          IpAddress: text(),
          Node: text('The process that had the connection, as host/process ID.'),
          ClientId: text(),
          ProtocolVersion: text('3.1, 3.1.1 or 5.0.'),
        }),
      ),
    }),
  },

  failures: deviceKeyFailures,

  async run({ MaxResults, ...key }, call) {
    const device = await deviceOf(call, key)
    const events = await call.registry.connectionLog.of(device, MaxResults)
    return {
      Data: {
        Event: events.map((event) => ({
          Time: event.time,
          LastTime: event.lastAt,
          Count: event.times,
          Type: event.kind,
          Reason: event.reason,
          Detail: event.detail,
          IpAddress: event.address,
          Node: event.nodeName,
          ClientId: event.clientId,
          ProtocolVersion: versions[event.protocolVersion] ?? '',
        })),
      },
    }
  },
})
