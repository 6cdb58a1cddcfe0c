import { devices } from './plural.ts'

export const en = {
  EnableThing: {
    title: (count: string) => `Enable ${count}?`,
    doIt: 'Enable',
    means: 'The devices may connect again. Enabled devices stay enabled.',
    done: (count: string) => `${count} enabled.`,
  },
  DisableThing: {
    title: (count: string) => `Disable ${count}?`,
    doIt: 'Disable',
    means: 'The devices can’t connect until they are enabled again. Their data stays.',
    done: (count: string) => `${count} disabled.`,
  },
  DeleteDevice: {
    title: (count: string) => `Delete ${count}?`,
    doIt: 'Delete',
    means:
      'Their secrets, nicknames, tags and group memberships are deleted too. This can’t be undone: new devices with the same names get other IotIds.',
    done: (count: string) => `${count} deleted.`,
  },
  names: 'DeviceNames',
  andMore: (count: string) => `and ${count} more`,
  stop: 'Stop',
  stopped: (left: string) => `Stopped: ${left} unchanged.`,
  failed: (count: string) => `${count} failed:`,
  progress: 'Progress',
}

/** A number of devices in words. */
export const enCount = (count: number, text: string) => `${text} ${devices(count)}`
