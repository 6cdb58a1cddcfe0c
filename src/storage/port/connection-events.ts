import type { DeviceKey } from './devices.ts'

/** A connect, a disconnect or a refusal of a device. */
export interface ConnectionEventRow {
  readonly device: DeviceKey
  /** Unique among the events of the device at one time; a later write of the same event replaces it. */
  readonly id: number
  /** When it happened first and last, and how often: only refusals are counted together. */
  readonly time: number
  readonly lastAt: number
  readonly times: number
  readonly kind: 'connected' | 'disconnected' | 'refused'
  /** Why, as a word of the registry's; empty for a connect. */
  readonly reason: string
  readonly detail: string
  /** The device's IP address. */
  readonly address: string
  /** The id of the node, or 0 of a refusal, and the name of its process. */
  readonly node: number
  readonly nodeName: string
  /** The epoch of the connection; 0 for a refusal. */
  readonly epoch: number
  /** Empty for a disconnect: the connect of the same epoch has it. */
  readonly clientId: string
  /** As CONNECT says it: 3, 4 or 5; 0 if it is not known. */
  readonly protocolVersion: number
}

/** The connection logs of devices. They are notes of the nodes, and like recent calls no content of a store. */
export interface ConnectionEventStore {
  /** Adds events, or replaces those that have the same device, time and id. A power cut may undo it. */
  add(events: readonly ConnectionEventRow[]): Promise<void>
  /** Deletes all but the newest events of devices. */
  trim(devices: readonly DeviceKey[], newest: number): Promise<void>
  /** Deletes events that happened before a time, at most `limit` of them. */
  forget(before: number, limit: number): Promise<void>
  /** Events of a device from a time on, newest first. */
  of(device: DeviceKey, since: number, limit: number): Promise<ConnectionEventRow[]>
}
