import { hostname } from 'node:os'
import type { Clock } from '../lib/clock.ts'
import { ConfigurationError } from '../lib/configuration-error.ts'
import type { Random } from '../lib/random.ts'
import { unfinishedFact } from '../storage/content.ts'
import {
  type AdmissionStore,
  type CallFacts,
  type CountedAction,
  Duplicate,
  NotFound,
  type Storage,
  Unavailable,
} from '../storage/storage.ts'
import { type AccessKeys, accessKeys } from './access-keys.ts'
import { type Accounts, accounts } from './accounts.ts'
import { type BatchLists, batchLists } from './batch-lists.ts'
import { type Batches, batches } from './batches.ts'
import { type Calls, calls } from './calls.ts'
import { type CheckedLists, checkedLists } from './checked-lists.ts'
import { type ConnectionLog, connectionLog } from './connection-log.ts'
import { type DeviceLists, deviceLists } from './device-lists.ts'
import { deviceSecrets } from './device-secrets.ts'
import { sessions } from './device-sessions.ts'
import { type DeviceSignIn, deviceSignIn } from './device-sign-in.ts'
import { type DeviceTags, deviceTags } from './device-tags.ts'
import { type Devices, devices } from './devices.ts'
import { type Groups, groups } from './groups.ts'
import { type ImportJobs, importJobs } from './import-jobs.ts'
import { type Instances, instances } from './instances.ts'
import { knownNames } from './known-names.ts'
import { type NameSnapshotPlace, nameSnapshots } from './name-snapshots.ts'
import { type Products, products } from './products.ts'
import { resealFormer } from './reseal.ts'
import type { Sessions } from './sessions.ts'
import { storeKeys } from './store-keys.ts'
import { type TopicClasses, topicClasses } from './topic-classes.ts'
import { type Traffic, traffic } from './traffic.ts'
import { type MasterKeySource, masterKeyIdOf, openVault } from './vault.ts'

/** Entry point to accounts, products and devices. */
export interface Registry {
  readonly accounts: Accounts
  readonly accessKeys: AccessKeys
  readonly instances: Instances
  readonly products: Products
  readonly devices: Devices
  readonly batches: Batches
  readonly batchLists: BatchLists
  readonly checkedLists: CheckedLists
  readonly groups: Groups
  readonly importJobs: ImportJobs
  readonly deviceLists: DeviceLists
  readonly deviceTags: DeviceTags
  readonly deviceSignIn: DeviceSignIn
  readonly sessions: Sessions
  readonly topicClasses: TopicClasses
  readonly connectionLog: ConnectionLog
  readonly traffic: Traffic
  /** Key with which nodes authenticate each other's messages; the same on every node. */
  readonly nodeKey: Buffer
  /** Nonces and quotas. */
  readonly admission: AdmissionStore
  readonly calls: Calls
  /** Stops background work. */
  close(): Promise<void>
}

// The types of the storage port that callers of the registry need.
export { type AdmissionStore, type CallFacts, type CountedAction, Duplicate, NotFound, Unavailable }

/** Memory and disk for names of devices. */
export interface NameOptions {
  /** Maximum bytes for the names of all products in memory, and for their snapshots on disk. */
  readonly bytesMax?: number | undefined
  /** The folder of snapshots; without it there are none. */
  readonly snapshots?: NameSnapshotPlace | undefined
}

/**
 * @throws Error if the master key is not the store's, or a copy into the store is unfinished
 */
export async function openRegistry(
  storage: Storage,
  masterKey: MasterKeySource,
  clock: Clock,
  random: Random,
  { bytesMax = 2 ** 30, snapshots }: NameOptions = {},
): Promise<Registry> {
  await refuseUnfinished(storage)
  await resealFormer(storage, masterKey, random)
  const settled = async () => {
    const id = masterKeyIdOf(await masterKey.read())
    return (await storage.facts.settle('master_key_id', id)) === id
  }
  // Retry once, because the key may have been rotated in between.
  if (!(await settled()) && !(await settled())) {
    throw new ConfigurationError(
      'the master key is not the one that this store was made with; the secrets in it stay closed',
    )
  }
  // A copy requires an empty store. If a copy has started since the check above, the store has its mark now;
  // from here on the store is not empty.
  await refuseUnfinished(storage)
  const vault = await openVault(masterKey, random)
  const keys = await storeKeys(storage, vault)
  const secrets = deviceSecrets(storage, vault, keys.iotId, random)
  const known = knownNames(storage.devices, {
    seed: keys.nameHash.readInt32LE(),
    bytesMax,
    snapshots:
      snapshots && nameSnapshots(storage.devices, { ...snapshots, key: keys.nameSnapshot, bytesMax, clock }),
  })
  const allDevices = devices(storage, vault, keys.iotId, secrets, clock, random, known)
  const topics = topicClasses(storage.topics)
  const signIn = deviceSignIn(storage.signIn, secrets, topics, clock)
  const allBatches = batches(storage, vault, secrets, clock, random)
  const registry: Registry = {
    accounts: accounts(storage, clock, random),
    accessKeys: accessKeys(storage, vault, clock, random),
    instances: instances(storage, clock, random),
    products: products(storage, vault, clock, random),
    devices: allDevices,
    deviceLists: deviceLists(storage, allDevices, keys, clock),
    deviceTags: deviceTags(storage, clock),
    deviceSignIn: signIn,
    sessions: sessions(storage.sessions, topics, clock),
    topicClasses: topics,
    connectionLog: connectionLog({
      events: storage.connectionEvents,
      sessions: storage.sessions,
      named: signIn.named,
      clock,
      random,
      // As the lines of the log name it.
      nodeName: `${hostname()}/${process.pid}`,
    }),
    traffic: traffic(storage.traffic, clock),
    batches: allBatches,
    batchLists: batchLists(storage, keys.pageToken, clock),
    checkedLists: checkedLists(storage, clock),
    groups: groups(storage, keys.iotId, clock, random),
    importJobs: importJobs(storage, allBatches, keys.pageToken, clock),
    nodeKey: keys.nodeMessage,
    admission: storage.admission,
    calls: calls(storage.calls, clock),
    async close() {
      await registry.devices.close()
      await Promise.all([registry.calls, registry.connectionLog, registry.traffic].map((one) => one.close()))
    },
  }
  return registry
}

/** @throws Error if a copy into the store is unfinished */
async function refuseUnfinished({ facts }: Storage): Promise<void> {
  const what = await facts.get(unfinishedFact)
  if (what === undefined) return
  throw new Error(`the store is not whole: ${what} into it has not ended. Run it again, then it goes on.`)
}
