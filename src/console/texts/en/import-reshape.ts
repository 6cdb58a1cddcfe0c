import type { Fix } from '../../../device-files/reshape/fixes.ts'
import { plural } from './plural.ts'

export const en = {
  platform: 'Platform',
  noPlatform: 'None: a list of devices',
  fixes: 'Fixes',
  noFixes: 'Change nothing',
  fixNames: {
    trim: 'Remove spaces at both ends',
    unquote: 'Remove quotes around values',
    'strip-invisible': 'Remove invisible characters',
    'full-width': 'Replace full-width characters',
    blanks: 'Replace spaces in names with -',
  } satisfies { readonly [F in Fix | 'blanks']: string } as { readonly [F in Fix | 'blanks']: string },
  fixAll: (count: string, number: number) => `Fix ${count} ${plural(number, 'row', 'rows')} and verify again`,
  line: 'Line',
  before: 'Before',
  after: 'After',
  secrets: 'Secrets',
  fromFile: 'From the file',
  generate: 'Generate for each device',
  derive: 'Derive from a key column',
  keyColumn: 'Key column',
  keyColumnMeans: 'Empty: the column of the secret',
  recipes: 'Values made of columns',
  recipesMeans:
    'One per line, such as: name = {site}-{id} | lower. Targets: name, secret, sn, nickname, tag:KEY, tags. Steps: trim, lower, upper, replace FROM TO, prefix TEXT, suffix TEXT, cut START LENGTH. Without a column, the steps change the usual one: name = | trim.',
  where: 'Only rows with',
  whereMeans: 'One per line: COLUMN=VALUE or COLUMN!=VALUE.',
  wrongLine: (line: string, why: string) =>
    `“${line}”: ${why}. Until this is corrected, the values above stay unused.`,
  becomes: 'What the first rows become',
  name: 'DeviceName',
  nickname: 'Nickname',
  tags: 'Tags',
  downloadSecrets: 'Download the secrets',
  secretsMust: 'Download the generated secrets before the import begins. Devices need them to connect.',
  secretsTaken: 'The secrets are downloaded. Keep the file safe.',
  job: 'Import job',
  seeDevices: 'See the devices',
  connectOne: 'Connect a device',
  attributes: (nicknames: string, tagged: string, failed: string) =>
    `${nicknames} nicknames set, ${tagged} devices tagged, ${failed} refused`,
  attributesSet: 'Nicknames and tags',
  lastResult: (
    file: string,
    imported: string,
    importedNumber: number,
    leftOut: string,
    leftOutNumber: number,
  ) =>
    `Import of ${file} complete: ${imported} ${plural(importedNumber, 'device', 'devices')} imported${
      leftOutNumber === 0 ? '' : `, ${leftOut} ${plural(leftOutNumber, 'row', 'rows')} left out`
    }.`,
  changedRows: (count: string, number: number) =>
    `${count} ${plural(number, 'row was', 'rows were')} changed by the chosen fixes and corrections.`,
  downloadChanged: 'Download changed rows',
  downloadBadAndChanged: 'Download bad and changed rows',
  seeJob: 'See or undo the import job',
  close: 'Close',
  edit: 'Correct',
  editTitle: (line: string) => `Correct line ${line}`,
  editMeans: 'Fields left empty stay as they are in the file.',
  apply: 'Correct and verify again',
  cancel: 'Cancel',
}
