import { Alert, Button, Flex } from 'antd'
import type { Finding, Note } from '../../device-files/notes.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import { type NumberFormat, useNumberFormat } from '../shell/number-format.ts'
import { fieldNames } from '../texts/en/import-names.ts'
import { en } from '../texts/en/import-notes.ts'
import { zh } from '../texts/zh/import-notes.ts'

type Words = typeof en

const texts: Texts<typeof en> = { en, zh }

/** Notes that need a decision from the user. */
const urgent: ReadonlySet<Note['code']> = new Set(['AmbiguousColumn', 'OtherColumnFits', 'OtherDelimiter'])

/** Shows notes on how the file is read, and findings in its rows. */
export function Notes({
  notes,
  isReport,
  findings,
  choosePlatform,
}: {
  readonly notes: readonly Note[]
  readonly isReport: boolean
  readonly findings: readonly Finding[]
  /** Reads the file as an export of a platform; undefined while it can't be read anew. */
  readonly choosePlatform: ((platform: string) => void) | undefined
}) {
  const words = useTexts(texts)
  const numberFormat = useNumberFormat()
  if (notes.length + findings.length === 0 && !isReport) return null
  return (
    <Flex vertical gap={8}>
      {isReport && <Alert type="info" showIcon title={words.isReport} />}
      {notes.map((note) => (
        <Alert
          key={note.code + ('field' in note ? note.field : '')}
          type={urgent.has(note.code) ? 'warning' : 'info'}
          showIcon
          title={noteIn(words, note)}
          action={
            note.code === 'LooksLike' &&
            choosePlatform !== undefined && (
              <Button size="small" onClick={() => choosePlatform(note.platform)}>
                {words.readAs(note.title)}
              </Button>
            )
          }
        />
      ))}
      {findings.map((one) => (
        <Alert
          key={`${one.code}${one.field}${one.what}`}
          type={one.code === 'Fixed' ? 'info' : 'warning'}
          showIcon
          title={`${words.findings[one.code](one.what)} ${placeIn(words, numberFormat, one)}`}
        />
      ))}
    </Flex>
  )
}

// Each entry of the table handles the notes of its code.
const noteIn = (words: Words, note: Note): string => (words.notes[note.code] as (note: Note) => string)(note)

const placeIn = (words: Words, numberFormat: NumberFormat, { field, line, count }: Finding) =>
  words.where(field && fieldNames[field], numberFormat.count(line), numberFormat.count(count))
