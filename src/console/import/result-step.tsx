import { DownloadOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Select, Statistic, Typography } from 'antd'
import { memo, useState } from 'react'
import type { FixOffer } from '../../importer/fix-offers.ts'
import { useClearButton } from '../shell/clear.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { save } from '../shell/save.ts'
import { BadRowsTable } from './bad-rows-table.tsx'
import { EditRow } from './edit-row.tsx'
import type { ImportController } from './import-controller.ts'
import type { Counts, Filter, ListedRow, Listing, Preview } from './messages.ts'
import { Offers } from './offers.tsx'
import { ShowSecrets } from './preview-table.tsx'
import { useReasonName } from './reason-texts.ts'
import { texts } from './reshape-texts.ts'
import { Step, WaitingStep } from './step.tsx'
import { useWords } from './texts.ts'

/** The result of the verification or import, with the bad rows: listed, filtered, and as a file. */
export const ResultStep = memo(function ResultStep(props: {
  readonly counts: Counts | undefined
  readonly offers: readonly FixOffer[]
  readonly listing: Listing
  readonly filter: Filter
  readonly preview: Preview | undefined
  /** True if the list is complete. */
  readonly isWhole: boolean
  /**
   * True if the list shows rows that an import left out; some may have been registered since the verification.
   */
  readonly isImported: boolean
  readonly controller: ImportController
}) {
  const words = useWords()
  const { counts, listing, filter, preview, isWhole, isImported, controller, offers } = props
  return (
    <Step
      number={5}
      title={words.steps.result}
      isDone={counts !== undefined && counts.bad + counts.existing === 0}
    >
      {counts === undefined && listing.all === 0 ? (
        <WaitingStep>{words.resultWait}</WaitingStep>
      ) : (
        <Flex vertical gap={16}>
          {counts !== undefined && <Sums counts={counts} />}
          {offers.length > 0 && <Offers offers={offers} fix={(offer) => controller.fix(offer)} />}
          {listing.all > 0 && preview !== undefined && (
            <BadRows {...{ listing, filter, preview, isWhole, isImported, controller }} />
          )}
          {counts !== undefined && listing.all === 0 && <WaitingStep>{words.allGood}</WaitingStep>}
          {listing.changed > 0 && isWhole && (
            <ChangedRows changed={listing.changed} isAlone={listing.all === 0} controller={controller} />
          )}
        </Flex>
      )}
    </Step>
  )
})

/** The number of changed rows, with their report if no bad rows have one. */
function ChangedRows({
  changed,
  isAlone,
  controller,
}: {
  readonly changed: number
  readonly isAlone: boolean
  readonly controller: ImportController
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  return (
    <Flex gap={12} align="center" wrap>
      <Typography.Text>{words.changedRows(count(changed), changed)}</Typography.Text>
      {isAlone && <DownloadReport label={words.downloadChanged} controller={controller} />}
    </Flex>
  )
}

function DownloadReport({
  label,
  isReady = true,
  controller,
}: {
  readonly label: string
  readonly isReady?: boolean
  readonly controller: ImportController
}) {
  const [isSaving, setSaving] = useState(false)
  async function download() {
    setSaving(true)
    const { file, name } = await controller.report()
    save(file, name)
    setSaving(false)
  }
  return (
    <Button icon={<DownloadOutlined />} loading={isSaving} disabled={!isReady} onClick={download}>
      {label}
    </Button>
  )
}

function Sums({ counts }: { readonly counts: Counts }) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  return (
    <Flex gap={40} wrap>
      {(['rows', 'good', 'existing', 'bad'] as const).map((kind) => (
        <Statistic
          key={kind}
          title={words.sums[kind]}
          value={counts[kind]}
          formatter={(value) => numberFormat.count(Number(value))}
          styles={{ content: { fontSize: 22 } }}
        />
      ))}
    </Flex>
  )
}

function BadRows({
  listing,
  filter,
  preview,
  isWhole,
  isImported,
  controller,
}: {
  readonly listing: Listing
  readonly filter: Filter
  readonly preview: Preview
  readonly isWhole: boolean
  readonly isImported: boolean
  readonly controller: ImportController
}) {
  const words = useWords()
  const clear = useClearButton()
  const numberFormat = useNumberFormat()
  const named = useReasonName()
  const [showsSecrets, setShowsSecrets] = useState(false)
  const ofReshape = useTexts(texts)
  const [edited, setEdited] = useState<ListedRow>()
  const isFiltered = filter.code !== undefined || filter.text !== ''
  return (
    <Flex vertical gap={10}>
      <Flex gap={12} align="center" wrap>
        <Select
          aria-label={words.filterByReason}
          style={{ minWidth: 240 }}
          value={filter.code ?? ''}
          onChange={(code: string) => controller.filter({ text: filter.text, ...(code !== '' && { code }) })}
          options={[
            { value: '', label: words.anyReason(numberFormat.count(listing.all)) },
            ...Object.entries(listing.codes).map(([code, count]) => ({
              value: code,
              label: `${named(code)} (${numberFormat.count(count)})`,
            })),
          ]}
        />
        <Input.Search
          aria-label={words.search}
          placeholder={words.search}
          allowClear={clear}
          style={{ width: 220 }}
          onSearch={(text) => controller.filter({ ...filter, text })}
        />
        {preview.places.secret >= 0 && <ShowSecrets shows={showsSecrets} change={setShowsSecrets} />}
        <span style={{ flex: 1 }} />
        <DownloadReport
          label={listing.changed > 0 ? ofReshape.downloadBadAndChanged : words.downloadBad}
          isReady={isWhole}
          controller={controller}
        />
      </Flex>
      <Typography.Text type="secondary" role="status">
        {isFiltered
          ? words.filtered(numberFormat.count(listing.count), numberFormat.count(listing.all))
          : isImported
            ? words.leftOutMeans
            : words.badMeans}
      </Typography.Text>
      {edited !== undefined && (
        <EditRow
          row={edited}
          preview={preview}
          reshape={controller.state().reading.reshape}
          save={(edit) => controller.edit(edit)}
          close={() => setEdited(undefined)}
        />
      )}
      {listing.count > 0 && (
        <BadRowsTable
          columns={preview.mayBeDevice && !showsSecrets ? preview.columns.map(() => '') : preview.columns}
          hasSurplus={(listing.codes.RaggedRow ?? 0) > 0}
          secret={preview.places.secret}
          count={listing.count}
          version={listing.version}
          rows={controller.rows}
          showsSecrets={showsSecrets}
          correct={isImported || !isWhole ? undefined : setEdited}
        />
      )}
    </Flex>
  )
}
