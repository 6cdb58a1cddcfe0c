export const en = {
  devices: 'Devices of the batch',
  noneLeft: 'The batch has no devices any more: they were deleted, or the batch was undone.',
  noWay:
    'Your key may call neither QueryImportedDeviceByApplyId nor QueryPageByApplyId, so the devices can’t be listed. The account’s own key can allow it, under Access.',
  download: 'Download',
  downloadTitle: (applyId: number) => `Download ApplyId ${applyId}`,
  stillThere: (count: string) => `Still there: ${count}`,
  about: (columns: readonly string[]) => `The devices that the batch still has: ${columns.join(', ')}.`,
  withMeans:
    'The secrets are readable in the file: keep it as you would keep a password. Batch import takes it as it is.',
  withoutMeans: 'Without secrets the file is a list; it can’t be imported again.',
  undo: 'Undo',
  undoTitle: (applyId: number) => `Undo ApplyId ${applyId}`,
  undoLooking: 'Looking at what would be deleted…',
  wouldDelete: (count: number, figure: string) =>
    count === 1
      ? '1 device will be deleted, with its secret.'
      : `${figure} devices will be deleted, with their secrets.`,
  wouldKeep: (count: number, figure: string) =>
    `${count === 1 ? '1 device will be kept: it was' : `${figure} devices will be kept: they were`} disabled, tagged, put into a group or otherwise changed since.`,
  wouldKeepNone: 'None was changed since, so none will be kept.',
  shared:
    'Devices that were registered one by one at the same moment share an ApplyId: all of them will be deleted.',
  forGood: 'This can’t be taken back.',
  nothingToUndo: 'No device of the batch is left as it was, so nothing would be deleted.',
  undoDo: (count: number, figure: string) => (count === 1 ? 'Delete 1 device' : `Delete ${figure} devices`),
  undone: (deleted: string, kept: string) => `Devices deleted: ${deleted}; kept: ${kept}.`,
  cancel: 'Cancel',
  close: 'Close',
  status: 'Status',
  canBe: 'The list was checked and can be registered',
  canNot: 'The list can’t be registered: some of its names are not fit',
  wasRegistered: 'The list was registered',
  namesUntold:
    'The API tells the names of a list only once it is registered, or where one of them is not fit: these can’t be listed yet.',
  good: (count: string) => `Good names: ${count}`,
  bad: (count: string) => `Names that are not fit: ${count}`,
  reason: 'Reason',
  checkAgain: 'Check a corrected list with BatchCheckDeviceNames: it has an ApplyId of its own.',
  register: (count: number, figure: string) =>
    count === 1 ? 'Register 1 device' : `Register ${figure} devices`,
  notFit: 'Some names of the list are not fit.',
  looking: 'The list is being looked at.',
  registerAsk: (count: number, figure: string) =>
    count === 1 ? 'Register 1 device?' : `Register ${figure} devices?`,
  registerMeans: 'All of the list or none. Their secrets are drawn; you can download them afterwards.',
  registered: (count: string) => `Devices registered: ${count}.`,
}
