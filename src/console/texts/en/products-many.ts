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
  SaveDeviceProp: {
    title: (count: string) => `Tag ${count}?`,
    doIt: 'Add tag',
    means: 'Each device gets the tag. A tag with the same key gets the new value.',
    done: (count: string) => `${count} tagged.`,
  },
  DeleteDeviceProp: {
    title: (count: string) => `Remove a tag of ${count}?`,
    doIt: 'Remove tag',
    means: 'Devices without the tag do not change.',
    done: (count: string) => `Tag removed from ${count}.`,
  },
  BatchAddDeviceGroupRelations: {
    title: (count: string) => `Add ${count} to a group?`,
    doIt: 'Add to group',
    means: 'A device belongs to at most 10 groups, and a group holds at most 20,000 devices.',
    done: (count: string) => `${count} added to the group.`,
  },
  BatchDeleteDeviceGroupRelations: {
    title: (count: string) => `Remove ${count} from a group?`,
    doIt: 'Remove from group',
    means: 'The devices stay registered.',
    done: (count: string) => `${count} removed from the group.`,
  },
  BatchUpdateDeviceNickname: {
    title: (count: string) => `Change the nicknames of ${count}?`,
    doIt: 'Change nicknames',
    means: 'The nicknames that the devices have now are replaced.',
    done: (count: string) => `Nicknames of ${count} changed.`,
  },
  tagKey: 'Tag key',
  tagValue: 'Tag value',
  nickname: 'Nickname',
  nicknameHint:
    '{n} stands for the number of the device in the list above. Leave it empty to remove the nicknames.',
  group: 'Group',
  groupFirst: 'Choose a group.',
  keyFirst: 'Enter the key of the tag.',
  finding: (count: string) => `Finding the devices: ${count}`,
  background: 'Continue in the background',
  undo: 'Undo',
  names: 'DeviceNames',
  andMore: (count: string) => `and ${count} more`,
  stop: 'Stop',
  stopped: (left: string) => `Stopped: ${left} unchanged.`,
  failed: (count: string) => `${count} failed:`,
  progress: 'Progress',
}

/** A number of devices in words. */
export const enCount = (count: number, text: string) => `${text} ${devices(count)}`
