import { DoubleLeftOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Flex, Select, Typography } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { texts } from './devices-texts.ts'
import { pageSizes } from './search.ts'

/** Buttons for pages that link to the next; not every search knows their number. */
export function Pager(props: {
  readonly pageSize: number
  /** Number of devices before the page. */
  readonly before: number
  /** Devices on the page. */
  readonly count: number
  readonly total: number | undefined
  readonly resize: (pageSize: number) => void
  readonly next: (() => void) | undefined
  readonly previous: (() => void) | undefined
  /** Goes to the first page. */
  readonly first: (() => void) | undefined
  /** The page is still loading, so there is no next page. Disabling the button would lose the focus. */
  readonly isLoading: boolean
}) {
  const words = useTexts(texts)
  const { count: number } = useNumberFormat()
  const { pageSize, before, count, total, resize, next, previous, first, isLoading } = props
  if (count === 0 && before === 0) return null
  return (
    <Flex wrap gap={8} justify="end" align="center">
      {count > 0 && (
        <Typography.Text type="secondary" aria-live="polite">
          {words.range(
            number(before + 1),
            number(before + count),
            total === undefined ? undefined : number(Math.max(total, before + count)),
          )}
        </Typography.Text>
      )}
      {first !== undefined && (
        <Button
          size="small"
          icon={<DoubleLeftOutlined />}
          aria-label={words.first}
          title={words.first}
          onClick={isLoading ? undefined : first}
        />
      )}
      <Button
        size="small"
        icon={<LeftOutlined />}
        aria-label={words.previous}
        title={words.previous}
        disabled={previous === undefined}
        onClick={isLoading ? undefined : previous}
      />
      <Button
        size="small"
        icon={<RightOutlined />}
        aria-label={words.next}
        title={words.next}
        disabled={next === undefined}
        onClick={isLoading ? undefined : next}
      />
      <Select
        size="small"
        aria-label={words.pageSize}
        value={pageSize}
        onChange={resize}
        options={pageSizes.map((value) => ({ value, label: words.perPage(value) }))}
      />
    </Flex>
  )
}
