import type { Next } from '../../import/model.ts'
import type { NumberFormat } from '../../shell/number-format.ts'
import { fieldNames } from './import-names.ts'

const isAre = (count: number) => (count === 1 ? 'is' : 'are')
const rowsOf = (text: string, count: number) => `${text} ${count === 1 ? 'row' : 'rows'}`

export const en = {
  steps: {
    target: 'Product',
    file: 'File',
    columns: 'Columns',
    verify: 'Verification',
    result: 'Result',
    import: 'Import',
    summary: 'Summary',
  },
  stepOf: (step: number) => `Step ${step} of 7`,
  blocks(next: Next, { count }: NumberFormat): string {
    switch (next.code) {
      case 'mayNot':
        return `This key may not call ${next.action}, which the step needs; the account’s own key can allow it, under Access.`
      case 'noProduct':
        return 'Choose the product that the devices are for.'
      case 'noFile':
        return 'Drop a file, or paste rows from a spreadsheet.'
      case 'reading':
        return 'The beginning of the file is being read…'
      case 'unreadable':
        return 'The file can’t be read: see under File why, and choose another or say how it is to be read.'
      case 'noRows':
        return 'The file has no rows: choose another.'
      case 'noColumn':
        return `No column holds the ${fieldNames[next.field]}: choose one under Columns${next.hasSheets ? ', or another sheet under File' : ''}.`
      case 'verify':
        return 'Verify the file; nothing is imported by that.'
      case 'verifying':
        return 'The file is being verified…'
      case 'lost':
        return 'The server can’t be reached or answers with errors; the verification goes on when it is well again.'
      case 'quota':
        return 'The account’s quota refuses the calls; it goes on by itself when there is room again. See Overview and Access.'
      case 'noneGood':
        return 'No row can be imported: mend the bad ones and drop them again.'
      case 'allExist':
        return 'Every device of the file is registered already: there is nothing to import.'
      case 'someBad':
        return `${rowsOf(count(next.bad), next.bad)} ${isAre(next.bad)} bad: mend ${next.bad === 1 ? 'it' : 'them'}, or import the ${count(next.good)} good ${next.good === 1 ? 'one' : 'ones'} without.`
      case 'someExist':
        return `${count(next.existing)} ${next.existing === 1 ? 'device is' : 'devices are'} registered already: take ${next.existing === 1 ? 'it' : 'them'} out of the file, or skip ${next.existing === 1 ? 'it' : 'them'}.`
      case 'import':
        return `Import the ${rowsOf(count(next.good), next.good)} that ${isAre(next.good)} good.`
      case 'importing':
        return 'The devices are being imported…'
      case 'importLost':
        return 'The server can’t be reached or answers with errors; the import goes on by itself when it is well again.'
      case 'paused':
        return 'The import is paused: go on with it, or discard the rest.'
      case 'busy':
        return 'Another tab is at this import.'
      case 'imported':
        return `Done: ${next.imported === 0 ? 'no device is' : `${count(next.imported)} ${next.imported === 1 ? 'device is' : 'devices are'}`} imported${next.leftOut === 0 ? '' : `, ${rowsOf(count(next.leftOut), next.leftOut)} ${isAre(next.leftOut)} left out`}.`
    }
  },

  product: 'Product',
  chooseProduct: 'Choose a product',
  takesNone: 'takes no imports',
  devices: (count: string) => (count === '1' ? '1 device' : `${count} devices`),
  noProducts: 'There is no product here; create one under Products and devices.',
  noTakers:
    'No product here takes imports: in the public instance only cloud gateway products (AuthType one-party) do, in an Enterprise instance all.',
  whyNot:
    'Products that take no imports can’t be chosen: in the public instance only cloud gateway products (AuthType one-party) take them.',

  wayIn: 'Where the devices come from',
  aFile: 'File',
  paste: 'Paste',
  drop: 'Drop a file here, or press to choose one',
  dropMore:
    'CSV, TSV, XLSX, JSON lines or JSON, also packed by gzip, in any usual encoding. It is read in this browser.',
  dropOther: 'Drop another one here, or press to choose it',
  oneFileAtATime: (others: number) =>
    `One file at a time is taken: ${others === 1 ? 'the other one that was dropped was passed over; drop it' : `the other ${others} that were dropped were passed over; drop them`} afterwards.`,
  pasteHere: 'Paste rows from a spreadsheet here, the header with them',
  pastedLong: (size: string) => `A pasted text of ${size}, which is not shown here.`,
  clear: 'Clear',
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  delimiters: {
    ',': 'Comma ,',
    '\t': 'Tab',
    ';': 'Semicolon ;',
    '|': 'Bar |',
    whitespace: 'Spaces or tabs',
    ':': 'Colon :',
    '^': 'Caret ^',
    '~': 'Tilde ~',
    '，': 'Full-width comma ，',
  },
  sheet: 'Sheets',
  rowsPath: 'Array of devices',
  skipLines: 'Lines to skip',
  allow: 'Take as it stands',
  allowNothing: 'nothing',
  allowances: {
    'damaged-numbers': 'Numbers changed by a spreadsheet',
    placeholders: 'Words for nothing (NULL)',
    'wide-rows': 'Rows with more or fewer cells',
    'hidden-rows': 'Hidden rows',
  },
  skipThem: (count: number) => (count === 1 ? 'Skip the line' : `Skip the ${count} lines`),
  areDevices: 'They are devices',
  allOfThem: 'All of them',
  surplus: (number: number) => `surplus cell ${number}`,
  surplusCells: 'surplus cells',
  firstLine: 'First line',
  isHeader: 'Names of columns',
  isDevice: 'A device',
  recognised: 'recognised',
  given: 'chosen',
  template: 'Template',
  templateCsv: 'CSV, for Excel and others',
  templateXlsx: 'XLSX, its cells text already',
  preview: 'The first rows',
  firstRows: (count: number) => `The first ${count} rows:`,
  allRows: (count: number) => (count === 1 ? 'The only row:' : `All ${count} rows:`),
  line: 'Line',
  whatIsWrong: 'What is wrong',
  nothing: 'nothing so far',
  unnamed: (number: number) => `column ${number}`,
  showSecrets: 'Show secrets',
  unreadable: 'The file can’t be read',

  fieldNames,
  fieldMeans: { name: 'needed', secret: 'needed', sn: 'serial number, optional' },
  mustHave: 'Choose the column that holds it',
  sameNames: (number: number) => `Several columns are called so; column ${number} is taken.`,
  noColumn: 'no column',
  columnsWait: 'The columns of the file are matched to the fields of a device once there is one.',

  verify: 'Verify all rows',
  verifyAgain: 'Verify again',
  verifying: 'Verification',
  cancel: 'Cancel',
  verifyMeans:
    'Every row is judged by the rules and looked up in the product, 10,000 in a call, and names that are repeated are found over the whole file.',
  verifiedBefore: 'All rows were verified before the import began.',
  verifiedIn: (text: string, rows: number, time: string, rate: string) =>
    `${rowsOf(text, rows)} verified in ${time}, ${rate} a second.`,
  rowsDone: (count: string) => `${count} rows`,
  aSecond: (count: string) => `${count} a second`,
  left: (time: string) => `${time} left`,
  badSoFar: (count: string) => `${count} bad`,
  tenths: (what: string, percent: number) => `${what}: ${percent}%`,

  resultWait: 'After the verification: how many rows are good, and each bad one with its line and reason.',
  sums: { rows: 'Rows', good: 'Good', existing: 'Registered already', bad: 'Bad' },
  allGood: 'Every row can be imported.',
  badRows: 'Bad rows',
  badMeans:
    'Download them, mend them in the file, and drop it again: the columns that say what was wrong are passed over.',
  leftOutMeans:
    'The import left these out. Download them, mend them in the file, and drop it again: the columns that say what was wrong are passed over.',
  filterByReason: 'Filter by reason',
  anyReason: (count: string) => `All reasons (${count})`,
  search: 'Search in the rows',
  filtered: (some: string, all: string) => `${some} of ${all} are listed.`,
  listedFirst: (count: string) => `The first ${count} are listed; filter them, or download all.`,
  downloadBad: 'Download bad rows',

  importWait: 'After the verification: imports the good rows.',
  leaveBad: (text: string, count: number) =>
    count === 1 ? 'Leave the bad row out' : `Leave the ${text} bad rows out`,
  skipExisting: (text: string, count: number) =>
    count === 1
      ? 'Skip the device that is registered already; it stays as it is'
      : `Skip the ${text} devices that are registered already; they stay as they are`,
  keptMeans:
    'Until the import ends the file, with its secrets, is kept in this browser, for 30 days at most, so that it can go on after a reload. Calls that import are never simply repeated: what is in doubt is looked up first.',
  importGood: (text: string, count: number) => `Import ${text} ${count === 1 ? 'device' : 'devices'}`,
  importing: 'Import',
  importDone: 'All of it has been done.',
  pause: 'Pause',
  pausing: 'Pausing after the calls that are under way',
  goOn: 'Go on',
  pausedMeans:
    'Paused. What has been sent is written down; going on imports the rest, and no row twice. The page may be closed meanwhile.',
  pausedHere:
    'Paused. Going on imports the rest, and no row twice; when the page is closed, how far it is is forgotten.',
  busy: 'Another tab of this browser is at this import. Go on there, or close it and try again here.',
  takenOver: 'Another tab of this browser has gone on with this import, or it was discarded.',
  noWorker: 'The part of the console that reads files could not be started, or broke down. Reload the page.',
  noFile:
    'The file can’t be read: it was changed, moved or deleted since it was chosen, or it is a folder. Choose it again.',
  lostTitle: 'The server can’t be reached or answers with errors',
  lostMeans:
    'The import waits, and goes on by itself when the server answers again. No row is lost or imported twice.',
  lookingUp:
    'The answer of a call was lost: it is being looked up which of its devices are in, 100 in a call. This may take a while.',
  notKept:
    'This browser keeps no data for the page (a private window, or no room), so the import can’t go on after a reload: leave the page open.',
  discard: 'Discard',
  discardTitle: 'Discard the rest of this import?',
  discardMeans:
    'What is imported stays. The file that is kept in this browser, and what is known of how far it is, are deleted; the rest can be imported from your own file, with registered devices skipped. A tab that is at it stops.',
  unfinished: (file: string, product: string) => `The import of ${file} into ${product} has not ended`,
  begun: 'Begun:',
  unfinishedMeans: (done: string, rows: string) =>
    `${done} of ${rows} rows are done. The file, with its secrets, is kept in this browser until it ends or is discarded.`,
  oneAtATime: 'after what is under way',

  summaryWait: 'At the end: what was imported, what was left out and why, and the ApplyIds of the batches.',
  importedRows: 'Imported',
  leftOutRows: 'Left out',
  took: 'Time',
  rate: 'Rate',
  applyIds: (count: string) => `Batches (ApplyId): ${count}`,
  lostAnswers: (text: string, count: number) =>
    `${count === 1 ? 'The answer of one call' : `The answers of ${text} calls`} that imported devices ${count === 1 ? 'was' : 'were'} lost on the way; ${count === 1 ? 'its batch stands' : 'their batches stand'} under Batches.`,
  another: 'Import another file',
  downloadSummary: 'Download the summary',
}
