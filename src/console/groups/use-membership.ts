import { useQueryClient } from '@tanstack/react-query'
import type { JobFailure, JobSpec } from '../shell/jobs.ts'
import { useJobs } from '../shell/jobs-context.tsx'
import { sendable } from '../shell/parameters.ts'
import { useSession } from '../shell/session.tsx'
import { listsOfMembers, membersMax, named } from './group.ts'

type Membership = 'BatchAddDeviceGroupRelations' | 'BatchDeleteDeviceGroupRelations'
type Devices = readonly (readonly [productKey: string, deviceName: string])[]

/** Returns what adds devices to a group, or removes them, in the background; removing can be undone. */
export function useMembership({
  instance,
  groupId,
  groupName,
}: {
  readonly instance: string
  readonly groupId: string
  readonly groupName: string
}): (kind: Membership, devices: Devices) => void {
  const { patientClient } = useSession()
  const queries = useQueryClient()
  const jobs = useJobs()
  const job = (kind: Membership, devices: Devices): JobSpec => {
    const changed: Devices[number][] = []
    return {
      kind,
      about: groupName,
      total: devices.length,
      async run(course) {
        const failures: JobFailure[] = []
        for (let i = 0; i < devices.length && !course.isStopped(); i += membersMax) {
          const part = devices.slice(i, i + membersMax)
          try {
            await patientClient.call(
              kind,
              sendable({ IotInstanceId: instance, GroupId: groupId, ...named(part) }),
            )
            changed.push(...part)
          } catch (error) {
            failures.push({ name: part.map(([, name]) => name).join(', '), error })
          }
          course.progress(changed.length, failures)
        }
        await Promise.all(listsOfMembers.map((query) => queries.invalidateQueries({ queryKey: [query] })))
      },
      // Some of the added devices may have been members before.
      undo: () =>
        kind === 'BatchDeleteDeviceGroupRelations' && changed.length > 0
          ? job('BatchAddDeviceGroupRelations', changed)
          : undefined,
    }
  }
  return (kind, devices) => jobs.start(job(kind, devices))
}
