import type { FieldName } from '../../rows/fields.ts'
import type { Damage, Note } from '../../rows/notes.ts'
import type { UnreadableFile } from '../../rows/unreadable.ts'

/** What was recognised of a file, in a sentence, with what to say where that is wrong. */
export function noteInWords(note: Note): string {
  switch (note.code) {
    case 'TakenEncoding':
      return `it is taken as ${note.encoding.toUpperCase()}; if that is wrong, name its encoding: --encoding NAME`
    case 'BrokenUtf8':
      return 'it is taken as UTF-8, but bytes in it are not: they are read as \ufffd (--encoding names another)'
    case 'ReportHeader':
      return 'the first line is the header of a report, and is taken as one'
    case 'NoHeader':
      return `the first line is a device, so there is no header: the columns are taken as ${note.columns.join(', ')}`
  }
}

/** Why a file can't be read, with the option that says what is missing. */
export function unreadableInWords({ why, message }: UnreadableFile): string {
  if (why.code === 'UnknownColumn') {
    const device = why.mayBeDevice ? '; or, if the first line is a device: --no-header' : ''
    const sheet = why.among ? '; or, if another sheet is meant: --sheet NAME' : ''
    return `${message}. Say which: --map ${why.field}=COLUMN${device}${sheet}`
  }
  if ('sheets' in why && why.sheets.length > 1) return `${message}. Say which: --sheet NAME`
  if (why.code !== 'SameColumn') return message
  const [one, other] = why.fields.map((field, i) => `--map ${field}=${why.chosen[i]}`)
  return `${one} and ${other} are the same column, ${JSON.stringify(why.column)}; each field needs one of its own`
}

const called: { readonly [F in FieldName]: string } = {
  name: 'names',
  secret: 'secrets',
  sn: 'serial numbers',
}

/** What a spreadsheet has done to the values of a column, and what to do about it. */
export function damageInWords({ code, field, line, count }: Damage): string {
  const where = `(line ${line.toLocaleString('en-US')} is the first)`
  const some = `${count.toLocaleString('en-US')} of the ${called[field]}`
  switch (code) {
    case 'RoundedNumber':
      return `${some} look like numbers that a spreadsheet has rounded ${where}; make the column text and fill it in again`
    case 'LostLeadingZeros':
      return `${some} have fewer digits than most ${where}; if a spreadsheet has dropped leading zeros, make the column text and fill it in again`
    case 'Apostrophe':
      return `${some} begin with the apostrophe that marks text in a spreadsheet ${where}; it is part of what is read`
    case 'ShownZeros':
      return `${some} are numbers that are only shown with leading zeros ${where}; they are read as they are shown`
  }
}
