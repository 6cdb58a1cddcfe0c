import type { Client } from '../client/client.ts'
import { type Answer, Refused, Unreachable } from '../client/outcome.ts'
import { textAt } from '../lib/columns.ts'
import type { DeviceList } from '../rules/import-list.ts'
import { type Reason, reasons } from './reasons.ts'
import { type BadRows, badRowsIn, checkRows, deviceList, parametersOf, type Target } from './target.ts'

/** Told of what happens to a chunk; the next step is taken when what it returns has resolved. */
export interface Steps {
  /** It is about to be sent. */
  sending(): void | Promise<void>
  /** The endpoint did not take these rows, and is not asked to again. */
  left(rows: readonly (readonly [number, Reason])[]): void | Promise<void>
}

/** Times that a chunk is sent whose answers are lost, before the import is given up for now. */
const sendsMax = 5
/** Names in a call of BatchQueryDeviceDetail, as its page says. */
const detailsMax = 100

/**
 * Imports some rows of a chunk, each of them once, whatever becomes of the answers. A call that may have been
 * done is never just repeated: what the endpoint has is asked first, by operations that every endpoint has.
 * @param inDoubt whether they were sent before, and nobody knows what came of it
 * @throws Unreachable or Refused where it can't go on now
 */
export async function importRows(
  client: Client,
  target: Target,
  rows: DeviceList,
  entries: Int32Array,
  inDoubt: boolean,
  steps: Steps,
): Promise<void> {
  let toSend = entries
  let doubtful = inDoubt
  let wasDoubtful = inDoubt
  for (let sends = 0; ; sends++) {
    if (doubtful) toSend = await notYetIn(client, target, rows, toSend, steps)
    if (toSend.length === 0) return
    await steps.sending()
    try {
      await client.call('BatchImportDevice', parametersOf(target), deviceList(rows, toSend))
      return
    } catch (error) {
      if (isDoubtful(error)) {
        if (sends >= sendsMax) throw error
        doubtful = true
        wasDoubtful = true
        continue
      }
      if (!(error instanceof Refused)) throw error
      if (error.isTooLarge && toSend.length > 1) {
        const half = toSend.length >> 1
        await importRows(client, target, rows, toSend.subarray(0, half), wasDoubtful, steps)
        await importRows(client, target, rows, toSend.subarray(half), wasDoubtful, steps)
        return
      }
      const bad: BadRows =
        error.code === 'iot.device.ApplyManyDevicesFailed'
          ? badRowsIn(error.answer?.Data, rows, toSend)
          : new Map()
      if (bad.size === 0) throw error
      // A call whose answer was lost may have been done since it was asked about: those names may be ours.
      doubtful = wasDoubtful && [...bad.values()].some((found) => found.includes(reasons.nameTaken))
      if (doubtful) {
        if (sends >= sendsMax) throw error
        continue
      }
      // All or none: nothing of it is in. What is wrong with some must not keep the others out.
      toSend = await without(toSend, bad, steps)
    }
  }
}

const isDoubtful = (error: unknown) =>
  (error instanceof Unreachable && error.maybeDone) || (error instanceof Refused && error.isOutcomeUnknown)

/** Leaves bad rows out, and says so. */
async function without(entries: Int32Array, bad: BadRows, steps: Steps): Promise<Int32Array> {
  await steps.left([...bad].map(([entry, [first]]) => [entry, first!] as const))
  return entries.filter((entry) => !bad.has(entry))
}

/**
 * Of rows in doubt, those that have to be sent (again). A name that is registered with the row's secret is the row
 * itself; one with another secret is somebody else's device.
 */
async function notYetIn(
  client: Client,
  target: Target,
  rows: DeviceList,
  entries: Int32Array,
  steps: Steps,
): Promise<Int32Array> {
  const bad = await checkRows(client, target, rows, entries)
  const { DeviceName, DeviceSecret } = rows.members
  const registered = [...bad].filter(([, found]) => found.includes(reasons.nameTaken)).map(([entry]) => entry)
  const secrets = new Map<string, string>()
  for (let i = 0; i < registered.length; i += detailsMax) {
    const names = registered.slice(i, i + detailsMax).map((entry) => textAt(DeviceName, entry)!)
    const answer = await client.call('BatchQueryDeviceDetail', {
      ...parametersOf(target),
      ...Object.fromEntries(names.map((name, n) => [`DeviceName.${n + 1}`, name])),
    })
    for (const device of (answer.Data?.Data ?? []) as Answer[])
      secrets.set(device.DeviceName, device.DeviceSecret)
  }
  const theirs: BadRows = new Map()
  const ours = new Set<number>()
  for (const [entry, found] of bad) {
    if (!found.includes(reasons.nameTaken)) theirs.set(entry, found)
    else {
      const secret = secrets.get(textAt(DeviceName, entry)!)
      // One that is gone between the two questions is sent.
      if (secret === textAt(DeviceSecret, entry)) ours.add(entry)
      else if (secret !== undefined) theirs.set(entry, [reasons.nameTaken])
    }
  }
  const rest = entries.filter((entry) => !ours.has(entry))
  return theirs.size === 0 ? rest : without(rest, theirs, steps)
}
