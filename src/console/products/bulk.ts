import type { Client } from '../../client/client.ts'
import type { Pace } from '../../client/pace.ts'
import type { JobFailure, JobKind, JobSpec } from '../shell/jobs.ts'
import { type Parameters, sendable } from '../shell/parameters.ts'
import { newSequencePace, runInSequence } from './run-in-sequence.ts'
import type { Found } from './search.ts'

/** Bulk actions, named by the operation that they call. */
export type Doing = Exclude<JobKind, 'export'>

/** A bulk action with its input. */
export type Change =
  | { readonly doing: 'EnableThing' | 'DisableThing' | 'DeleteDevice' }
  | { readonly doing: 'SaveDeviceProp'; readonly key: string; readonly value: string }
  | { readonly doing: 'DeleteDeviceProp'; readonly key: string }
  | {
      readonly doing: 'BatchAddDeviceGroupRelations' | 'BatchDeleteDeviceGroupRelations'
      readonly groupId: string
    }
  | { readonly doing: 'BatchUpdateDeviceNickname'; readonly pattern: string }

/** The most devices in a call of each operation. */
const callSizes: { readonly [D in Doing]: number } = {
  EnableThing: 1,
  DisableThing: 1,
  DeleteDevice: 1,
  SaveDeviceProp: 1,
  DeleteDeviceProp: 1,
  BatchAddDeviceGroupRelations: 200,
  BatchDeleteDeviceGroupRelations: 200,
  BatchUpdateDeviceNickname: 50,
}

/** A nickname by a pattern, in which {n} is the number of the device, from 1, padded to the width of the last. */
export const nicknameOf = (pattern: string, number: number, count: number): string =>
  pattern.replaceAll('{n}', String(number).padStart(String(count).length, '0'))

/** Parameters that name devices in a list, counted from 1. */
const listed = (name: string, devices: readonly Found[]) =>
  Object.fromEntries(
    devices.flatMap(({ productKey, name: deviceName }, i) => [
      [`${name}.${i + 1}.ProductKey`, productKey],
      [`${name}.${i + 1}.DeviceName`, deviceName],
    ]),
  )

/**
 * Returns the parameters of a call for some devices, except IotInstanceId.
 * @param first the number of the first device among all, from 0
 * @param count the number of all devices
 */
export function parametersFor(
  change: Change,
  devices: readonly Found[],
  first: number,
  count: number,
): Parameters {
  const { productKey: ProductKey, name: DeviceName } = devices[0]!
  const one = { ProductKey, DeviceName }
  switch (change.doing) {
    case 'SaveDeviceProp':
      return { ...one, Props: JSON.stringify({ [change.key]: change.value }) }
    case 'DeleteDeviceProp':
      return { ...one, PropKey: change.key }
    case 'BatchAddDeviceGroupRelations':
    case 'BatchDeleteDeviceGroupRelations':
      return { GroupId: change.groupId, ...listed('Device', devices) }
    case 'BatchUpdateDeviceNickname':
      return {
        ...listed('DeviceNicknameInfo', devices),
        ...Object.fromEntries(
          devices.map((_, i) => [
            `DeviceNicknameInfo.${i + 1}.Nickname`,
            nicknameOf(change.pattern, first + i + 1, count),
          ]),
        ),
      }
    default:
      return one
  }
}

/** The devices of an answer that a full group or too many groups left out. */
const leftOut = (answer: object): number =>
  'ExceedTenGroupDeviceCount' in answer ? Number(answer.ExceedTenGroupDeviceCount) : 0

/** The parts of the session that a bulk job needs. */
export interface BulkSession {
  readonly instance: string
  /** Creates a client whose throttling slows the pace down. */
  readonly connect: (pace: Pace) => Client
  /** Called after the last call, to load the changed lists again. */
  readonly changed: () => Promise<unknown>
}

/**
 * A job that changes devices.
 * @param about the name of the product, group or tag
 * @param onLeft receives the devices that were not changed
 */
export function bulkJob(
  session: BulkSession,
  change: Change,
  devices: readonly Found[],
  about: string,
  onLeft: (left: ReadonlySet<Found>) => void = () => {},
): JobSpec {
  const size = callSizes[change.doing]
  const parts = Array.from({ length: Math.ceil(devices.length / size) }, (_, i) => ({
    first: i * size,
    devices: devices.slice(i * size, (i + 1) * size),
  }))
  const remaining = new Set(devices)
  const changedOnes: Found[] = []
  return {
    kind: change.doing,
    about,
    total: devices.length,
    async run(course) {
      const pace = newSequencePace()
      const client = session.connect(pace)
      const failures: JobFailure[] = []
      const act = async (part: (typeof parts)[number]) => {
        const parameters = parametersFor(change, part.devices, part.first, devices.length)
        const answer = await client.call(
          change.doing,
          sendable({ IotInstanceId: session.instance, ...parameters }),
        )
        for (const device of part.devices) remaining.delete(device)
        changedOnes.push(...part.devices.slice(leftOut(answer)))
      }
      await runInSequence(parts, act, {
        onProgress: ({ failed }) => {
          for (const { item, error } of failed.slice(failures.length))
            failures.push({ name: nameOf(item.devices), error })
          course.progress(changedOnes.length, failures)
        },
        isStopped: course.isStopped,
        pace,
      })
      onLeft(remaining)
      await session.changed()
    },
    undo: () => undoOf(session, change, changedOnes, about),
  }
}

const nameOf = (devices: readonly Found[]) =>
  devices.length === 1 ? devices[0]!.name : `${devices[0]!.name} … ${devices.at(-1)!.name}`

/** Reverts a change of devices by another job; undefined if nothing can or nothing changed. */
export function undoOf(
  session: BulkSession,
  { doing }: Change,
  devices: readonly Found[],
  about: string,
): JobSpec | undefined {
  const isDisabled = ({ status }: Found) => status === 'DISABLE'
  const [back, reverted] =
    doing === 'EnableThing'
      ? (['DisableThing', devices.filter(isDisabled)] as const)
      : doing === 'DisableThing'
        ? (['EnableThing', devices.filter((it) => it.status !== undefined && !isDisabled(it))] as const)
        : [undefined, []]
  if (back === undefined || reverted.length === 0) return undefined
  const status = back === 'EnableThing' ? 'DISABLE' : 'OFFLINE'
  return bulkJob(
    session,
    { doing: back },
    reverted.map((device) => ({ ...device, status })),
    about,
  )
}
