import { devices } from './plural.ts'

export const en = {
  EnableThing: {
    title: (count: string) => `Enable ${count}?`,
    doIt: 'Enable',
    means: 'They may connect again. What is enabled already stays so.',
    done: (count: string) => `${count} enabled.`,
  },
  DisableThing: {
    title: (count: string) => `Disable ${count}?`,
    doIt: 'Disable',
    means: 'They may no longer connect until they are enabled again. All that is known of them stays.',
    done: (count: string) => `${count} disabled.`,
  },
  DeleteDevice: {
    title: (count: string) => `Delete ${count}?`,
    doIt: 'Delete',
    means:
      'Their secrets, nicknames, tags and places in groups are deleted too. This can’t be undone: devices of the same names would be others, with other IotIds.',
    done: (count: string) => `${count} deleted.`,
  },
  names: 'DeviceNames',
  andMore: (count: string) => `and ${count} more`,
  stop: 'Stop',
  stopped: (left: string) => `Stopped: ${left} were left as they are.`,
  failed: (count: string) => `${count} failed:`,
  progress: 'Progress',
}

/** A number of devices in words. */
export const enCount = (count: number, text: string) => `${text} ${devices(count)}`
