import { devices, plural } from './plural.ts'
export const en = {
  devices: 'Devices of the batch',
  noneLeft: 'No devices left. They were deleted, or the batch was undone.',
  noWay:
    'Your key may call neither QueryImportedDeviceByApplyId nor QueryPageByApplyId, so the devices can’t be listed. An account key can grant these permissions under Access.',
  download: 'Download',
  downloadTitle: (applyId: number) => `Download ApplyId ${applyId}`,
  stillThere: (count: string) => `Existing devices: ${count}`,
  about: (columns: readonly string[]) => `The devices that the batch still has: ${columns.join(', ')}.`,
  withMeans:
    'The file contains secrets in plain text: protect it like a password. It can be imported again as it is.',
  withoutMeans: 'Without secrets the file can’t be imported again.',
  undo: 'Undo',
  undoTitle: (applyId: number) => `Undo ApplyId ${applyId}`,
  undoLooking: 'Looking up the devices to delete…',
  wouldDelete: (count: number, figure: string) =>
    plural(
      count,
      '1 device will be deleted with its secret.',
      `${figure} devices will be deleted with their secrets.`,
    ),
  wouldKeep: (count: number, figure: string) =>
    `${plural(count, '1 device will be kept, because it was', `${figure} devices will be kept, because they were`)} disabled, tagged, put into a group or otherwise changed after the batch.`,
  wouldKeepNone: 'No device was changed after the batch, so none will be kept.',
  shared:
    'Devices that were registered one by one at the same moment share an ApplyId, and all of them will be deleted.',
  forGood: 'This can’t be undone.',
  nothingToUndo: 'All devices of the batch were changed or deleted, so there is nothing to delete.',
  undoDo: (count: number, figure: string) => `Delete ${figure} ${devices(count)}`,
  undone: (deleted: string, kept: string) => `Devices deleted: ${deleted}; kept: ${kept}.`,
  cancel: 'Cancel',
  close: 'Close',
  status: 'Status',
  canBe: 'The list was checked and can be registered',
  canNot: 'The list can’t be registered: some names are invalid',
  wasRegistered: 'The list was registered',
  namesUntold:
    'The API returns the names of a list only after it was registered, or if one of them is invalid, so the names can’t be listed yet.',
  good: (count: string) => `Valid names: ${count}`,
  bad: (count: string) => `Invalid names: ${count}`,
  reason: 'Reason',
  checkAgain: 'Correct the list and check it again with BatchCheckDeviceNames; it then has a new ApplyId.',
  register: (count: number, figure: string) => `Register ${figure} ${devices(count)}`,
  notFit: 'Some names of the list are invalid.',
  looking: 'Looking up the list…',
  registerAsk: (count: number, figure: string) => `Register ${figure} ${devices(count)}?`,
  registerMeans:
    'Registers all devices of the list, or none. The server generates their secrets; you can download them afterwards.',
  registered: (count: string) => `Devices registered: ${count}.`,
}
