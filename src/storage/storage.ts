import type { AccessKeyStore, AccountStore, InstanceStore } from './port/access.ts'
import type { AdmissionStore } from './port/admission.ts'
import type { CallStore } from './port/calls.ts'
import type { ConnectionEventStore } from './port/connection-events.ts'
import type { DeviceStore } from './port/devices.ts'
import type { GroupStore } from './port/groups.ts'
import type { ImportJobStore } from './port/import-jobs.ts'
import type { ProductStore } from './port/products.ts'
import type { DataKeyStore, FactStore } from './port/secrets.ts'
import type { SessionStore } from './port/sessions.ts'
import type { SignInStore } from './port/sign-in.ts'
import type { TopicStore } from './port/topics.ts'
import type { TrafficStore } from './port/traffic.ts'

export type * from './port/access.ts'
export * from './port/admission.ts'
export type * from './port/batches.ts'
export type * from './port/calls.ts'
export type * from './port/connection-events.ts'
export type * from './port/devices.ts'
export type * from './port/groups.ts'
export type * from './port/import-jobs.ts'
export type * from './port/messages.ts'
export type * from './port/names.ts'
export type * from './port/nodes.ts'
export type * from './port/products.ts'
export type * from './port/secrets.ts'
export type * from './port/sessions.ts'
export type * from './port/sign-in.ts'
export type * from './port/subscriptions.ts'
export type * from './port/table-store.ts'
export type * from './port/topics.ts'
export type * from './port/traffic.ts'
export type { BatchKind } from './schema.ts'

/**
 * The storage port: what the registry needs of a store. Its drivers are in the folders beside this file.
 * Every write is one transaction. Times are milliseconds since 1970 UTC. Sealed and wrapped values are
 * opaque here: no driver sees a secret.
 */
export interface Storage {
  readonly accounts: AccountStore
  readonly accessKeys: AccessKeyStore
  readonly instances: InstanceStore
  readonly products: ProductStore
  readonly devices: DeviceStore
  readonly groups: GroupStore
  readonly importJobs: ImportJobStore
  readonly sessions: SessionStore
  readonly signIn: SignInStore
  readonly topics: TopicStore
  readonly dataKeys: DataKeyStore
  readonly admission: AdmissionStore
  readonly calls: CallStore
  readonly connectionEvents: ConnectionEventStore
  readonly traffic: TrafficStore
  /** Small values of the store itself, such as the ID of its master key. */
  readonly facts: FactStore
  /** Runs something that only one process on the store may run at a time; the others wait. */
  exclusively<T>(run: () => Promise<T>): Promise<T>
  /** @throws Unavailable when it can't be read or written now */
  check(): Promise<void>
  close(): Promise<void>
}

/** A unique value is in use: nothing was written. */
export class Duplicate extends Error {}

/** A row that a write needs does not exist: nothing was written. */
export class NotFound extends Error {}

/** The data that a write was computed from has changed since: nothing was written, and a retry may succeed. */
export class Conflict extends Error {}

/** The store can't answer now, but may later: it is locked, its disk is full or gone. Nothing was written. */
export class Unavailable extends Error {}

/** The store's master key is another than the one that the write was sealed under: it was rotated. */
export class StaleMasterKey extends Error {}
