import { Button, Flex } from 'antd'
import type { Unreadable as Why } from '../../device-files/unreadable.ts'
import type { Reading } from './messages.ts'
import { useWords } from './texts.ts'

/** The possible answers to an ambiguity of the file; each reads it again. The file can't be verified before. */
export function Question({
  why,
  reading,
  reread,
  isFixed,
}: {
  readonly why: Why
  readonly reading: Reading
  readonly reread: (reading: Reading) => void
  readonly isFixed: boolean
}) {
  const words = useWords()
  const answers = answersTo(why, words, reading)
  if (answers.length === 0) return null
  return (
    <Flex gap={8} wrap>
      {answers.map(({ label, part }) => (
        <Button key={label} disabled={isFixed} onClick={() => reread({ ...reading, ...part })}>
          {label}
        </Button>
      ))}
    </Flex>
  )
}

interface Answer {
  readonly label: string
  readonly part: Partial<Reading>
}

function answersTo(why: Why, words: ReturnType<typeof useWords>, { allow = [] }: Reading): readonly Answer[] {
  switch (why.code) {
    case 'AmbiguousHeader':
      return [
        { label: words.isHeader, part: { header: true } },
        { label: words.isDevice, part: { header: false } },
      ]
    case 'AmbiguousLines':
      return [
        { label: words.skipThem(why.header - 1), part: { skipLines: why.header - 1 } },
        { label: words.areDevices, part: { header: false } },
      ]
    case 'AmbiguousSheet':
      return [
        ...why.fitting.map((sheet) => ({ label: sheet, part: { sheets: [sheet] } })),
        { label: words.allOfThem, part: { sheets: why.fitting } },
      ]
    case 'AmbiguousNumbers':
      return [{ label: words.asTheyStand, part: { allow: [...allow, 'damaged-numbers'] } }]
    case 'AmbiguousProducts':
      return [{ label: words.ofOneProduct, part: { allow: [...allow, 'other-products'] } }]
    case 'AmbiguousRows':
      return why.paths.map((path) => ({ label: path, part: { rows: path } }))
    default:
      return []
  }
}
