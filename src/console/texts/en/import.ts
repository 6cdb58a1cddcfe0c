import type { Next } from '../../import/model.ts'
import type { NumberFormat } from '../../shell/number-format.ts'
import { fieldNames } from './import-names.ts'
import { devices, plural, rows } from './plural.ts'

const isAre = (count: number) => plural(count, 'is', 'are')
const rowsOf = (text: string, count: number) => `${text} ${rows(count)}`

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
        return `This step calls ${next.action}, which this key may not call. An account key can grant the permission under Access.`
      case 'noProduct':
        return 'Choose the product of the devices.'
      case 'noFile':
        return 'Drop a file, or paste rows from a spreadsheet.'
      case 'reading':
        return 'Reading the beginning of the file…'
      case 'unreadable':
        return 'The file can’t be read. See the reason under File; choose another file or change how it is read.'
      case 'noRows':
        return 'The file has no rows. Choose another file.'
      case 'noColumn':
        return `Choose the column of the ${fieldNames[next.field]} under Columns${next.hasSheets ? ', or another sheet under File' : ''}.`
      case 'verify':
        return 'Verify the file. Verification imports nothing.'
      case 'verifying':
        return 'Verifying the file…'
      case 'lost':
        return 'The server can’t be reached or returns errors. The verification resumes when it recovers.'
      case 'quota':
        return 'The account’s quota is used up. The calls resume when quota is available. See Overview and Access.'
      case 'noneGood':
        return 'No row can be imported. Fix or correct the rows under Result, or drop a corrected file.'
      case 'allExist':
        return 'All devices of the file are already registered. There is nothing to import.'
      case 'someBad':
        return `${rowsOf(count(next.bad), next.bad)} ${isAre(next.bad)} bad. Correct ${plural(next.bad, 'it', 'them')}, or import only the ${rowsOf(`${count(next.good)} good`, next.good)}.`
      case 'someExist':
        return `${count(next.existing)} ${devices(next.existing)} ${isAre(next.existing)} already registered. Remove ${plural(next.existing, 'it', 'them')} from the file, or skip ${plural(next.existing, 'it', 'them')}.`
      case 'secrets':
        return 'Download the generated secrets. The import begins only after that.'
      case 'import':
        return `Import the ${rowsOf(`${count(next.good)} good`, next.good)}.`
      case 'importing':
        return 'Importing devices…'
      case 'importLost':
        return 'The server can’t be reached or returns errors. The import resumes when it recovers.'
      case 'paused':
        return 'The import is paused. Resume it, or discard the rest.'
      case 'busy':
        return 'This import is running in another tab.'
      case 'imported':
        return `Import complete: ${next.imported === 0 ? 'no devices' : `${count(next.imported)} ${devices(next.imported)}`} imported${next.leftOut === 0 ? '' : `, ${rowsOf(count(next.leftOut), next.leftOut)} left out`}.`
    }
  },

  product: 'Product',
  chooseProduct: 'Choose a product',
  takesNone: 'imports not supported',
  devices: (count: string) => `${count} ${count === '1' ? 'device' : 'devices'}`,
  noProducts: 'No products in this instance yet. Create one under Products and devices.',
  noTakers:
    'No product of this instance supports imports. In the public instance only cloud gateway products (AuthType one-party) do; in an Enterprise instance all products do.',
  whyNot:
    'Products without import support can’t be chosen. In the public instance only cloud gateway products (AuthType one-party) support imports.',

  wayIn: 'Source of the devices',
  aFile: 'File',
  paste: 'Paste',
  drop: 'Drop a file here, or click to choose one',
  dropMore:
    'CSV, TSV, XLSX, JSON lines or JSON, optionally gzip-compressed, in any common encoding. The file is read in this browser.',
  dropOther: 'Drop another file here, or click to choose one',
  oneFileAtATime: (others: number) =>
    `Only one file can be read at a time. Drop the other ${plural(others, 'file', `${others} files`)} afterwards.`,
  pasteHere: 'Paste rows from a spreadsheet here, including the header',
  pastedLong: (size: string) => `Pasted text (${size}, not displayed).`,
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
  asTheyStand: 'Accept them as they are',
  ofOneProduct: 'Read all as devices of one product',
  allow: 'Accept as they are',
  allowNothing: 'nothing',
  allowances: {
    'damaged-numbers': 'Numbers changed by a spreadsheet',
    placeholders: 'Placeholders (NULL)',
    'wide-rows': 'Rows with more or fewer cells',
    'hidden-rows': 'Hidden rows',
    'other-products': 'Devices of several products',
  },
  skipThem: (count: number) => plural(count, 'Skip the line', `Skip the ${count} lines`),
  areDevices: 'Read them as devices',
  allOfThem: 'All sheets',
  surplus: (number: number) => `surplus cell ${number}`,
  surplusCells: 'surplus cells',
  firstLine: 'First line',
  isHeader: 'Header',
  isDevice: 'Device',
  recognised: 'detected',
  given: 'chosen',
  template: 'Template',
  templateCsv: 'CSV, for Excel and others',
  templateXlsx: 'XLSX, with cells formatted as text',
  preview: 'First rows',
  firstRows: (count: number) => `First ${count} rows:`,
  allRows: (count: number) => plural(count, 'The only row:', `All ${count} rows:`),
  line: 'Line',
  whatIsWrong: 'Faults',
  nothing: 'none so far',
  unnamed: (number: number) => `column ${number}`,
  showSecrets: 'Show secrets',
  unreadable: 'The file can’t be read',

  fieldNames,
  fieldMeans: { name: 'required', secret: 'required', sn: 'serial number, optional' },
  mustHave: 'Choose the column of this field',
  sameNames: (number: number) => `Several columns have this name; column ${number} is used.`,
  noColumn: 'no column',
  columnsWait: 'Choose a file first. Its columns are then matched to the fields of a device.',

  verify: 'Verify all rows',
  verifyAgain: 'Verify again',
  verifying: 'Verification',
  cancel: 'Cancel',
  verifyMeans:
    'Checks every row by the rules and against the product, 10,000 rows a call, and finds repeated names over the whole file.',
  verifiedBefore: 'All rows were verified before the import began.',
  verifiedIn: (text: string, rows: number, time: string, rate: string) =>
    `${rowsOf(text, rows)} verified in ${time}, ${rate} a second.`,
  rowsDone: (count: string) => `${count} rows`,
  aSecond: (count: string) => `${count} a second`,
  left: (time: string) => `${time} left`,
  badSoFar: (count: string) => `${count} bad`,
  tenths: (what: string, percent: number) => `${what}: ${percent}%`,

  resultWait:
    'Verify the file first. The result has the number of good rows, and each bad row with its line and reason.',
  sums: { rows: 'Rows', good: 'Good', existing: 'Already registered', bad: 'Bad' },
  allGood: 'Every row can be imported.',
  badRows: 'Bad rows',
  badMeans:
    'Correct a row here, or download the rows, correct them, and drop the file again. The columns that describe the faults are ignored.',
  leftOutMeans:
    'The import left out these rows. Download them, correct them, and drop the file again. The columns that describe the faults are ignored.',
  filterByReason: 'Filter by reason',
  anyReason: (count: string) => `All reasons (${count})`,
  search: 'Search in the rows',
  filtered: (some: string, all: string) => `${some} of ${all} listed.`,
  listedFirst: (count: string) => `Only the first ${count} are listed. Filter them, or download all.`,
  downloadBad: 'Download bad rows',

  importWait: 'Verify the file first, then import the good rows.',
  leaveBad: (text: string, count: number) =>
    plural(count, 'Leave out the bad row', `Leave out the ${text} bad rows`),
  skipExisting: (text: string, count: number) =>
    plural(
      count,
      'Skip the device that is already registered; it stays unchanged',
      `Skip the ${text} devices that are already registered; they stay unchanged`,
    ),
  keptMeans:
    'Until the import ends, this browser stores the file with its secrets, for at most 30 days, so that the import can resume after a reload. If the answer of a call is lost, the console looks up the result before it sends anything again.',
  importGood: (text: string, count: number) => `Import ${text} ${devices(count)}`,
  importing: 'Import',
  importDone: 'Import complete.',
  pause: 'Pause',
  pausing: 'Waiting for calls in progress',
  goOn: 'Resume',
  pausedMeans:
    'Paused. The progress is saved, so you may close the page. Resume imports the rest, and no row twice.',
  pausedHere:
    'Paused. Resume imports the rest, and no row twice. If you close the page, the progress is lost.',
  busy: 'This import is running in another tab of this browser. Continue there, or close that tab and try again here.',
  takenOver: 'Another tab of this browser resumed this import, or it was discarded.',
  noWorker: 'The file reader of the console did not start or failed. Reload the page.',
  noFile:
    'The file can’t be read. It was changed, moved or deleted after you chose it, or it is a folder. Choose it again.',
  lostTitle: 'The server can’t be reached or returns errors',
  lostMeans: 'The import waits and resumes when the server recovers. No row is lost or imported twice.',
  reconciling:
    'The answer of a call was lost. Looking up which of its devices were imported, 100 a call. This may take a while.',
  notKept:
    'This browser can’t store data for the page (private window or full disk), so the import can’t resume after a reload. Keep the page open.',
  discard: 'Discard',
  discardTitle: 'Discard the rest of this import?',
  discardMeans:
    'Imported devices stay. This browser deletes its copy of the file and the progress; you can import the rest from your own file and skip registered devices. A tab that runs the import stops.',
  unfinished: (file: string, product: string) => `Unfinished import of ${file} into ${product}`,
  begun: 'Started:',
  unfinishedMeans: (done: string, rows: string) =>
    `${done} of ${rows} rows done. This browser keeps the file with its secrets until the import is complete or discarded.`,
  oneAtATime: 'Wait for the current import',

  summaryWait:
    'After the import: the imported rows, the rows left out with their reasons, and the ApplyIds of the batches.',
  importedRows: 'Imported',
  leftOutRows: 'Left out',
  took: 'Time',
  rate: 'Rate',
  applyIds: (count: string) => `Batches (ApplyId): ${count}`,
  lostAnswers: (text: string, count: number) =>
    plural(
      count,
      'The answer of one successful import call was lost. See its batch under Batches.',
      `The answers of ${text} successful import calls were lost. See their batches under Batches.`,
    ),
  another: 'Import another file',
  downloadSummary: 'Download summary',
}
