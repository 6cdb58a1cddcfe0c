import { plural } from './plural.ts'

export const en = {
  jobs: 'Import jobs',
  file: 'File',
  state: 'State',
  states: { Running: 'Running or paused', Finished: 'Finished', Undone: 'Undone' },
  product: 'Product',
  devices: 'Devices imported',
  remaining: 'Devices that still exist',
  rejected: 'Bad rows',
  skipped: 'Rows skipped',
  by: 'Imported by',
  begun: 'Begun',
  newer: 'Newer',
  older: 'Older',
  batches: 'Batches',
  seeDevices: 'See the devices',
  undo: 'Undo the import',
  undoTitle: (file: string) => `Undo the import of ${file}`,
  undoMeans: 'First a dry run counts the devices that would be deleted. Nothing is deleted by it.',
  dryRun: 'Count the devices',
  would: (deleted: string, deletedNumber: number, kept: string, keptNumber: number) =>
    `${deleted} ${plural(deletedNumber, 'device', 'devices')} will be deleted for good.${
      keptNumber === 0
        ? ''
        : ` ${kept} ${plural(keptNumber, 'was', 'were')} changed after the import and will stay.`
    }`,
  undoDo: (deleted: string, number: number) => `Delete ${deleted} ${plural(number, 'device', 'devices')}`,
  undone: (deleted: string, deletedNumber: number, kept: string, keptNumber: number) =>
    `${deleted} ${plural(deletedNumber, 'device', 'devices')} deleted${keptNumber === 0 ? '' : `, ${kept} kept`}.`,
  cancel: 'Cancel',
  close: 'Close',
}
