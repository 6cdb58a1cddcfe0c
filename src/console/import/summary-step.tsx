import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button, Descriptions, Flex, Typography } from 'antd'
import { Link } from 'wouter'
import { CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { save } from '../shell/save.ts'
import type { ImportController } from './import-controller.ts'
import type { Summary } from './messages.ts'
import type { State } from './model.ts'
import { useReasonName } from './reason-texts.ts'
import { texts } from './reshape-texts.ts'
import { Step, WaitingStep } from './step.tsx'
import { useWords } from './texts.ts'

/** The result of the import. */
export function SummaryStep({
  state,
  controller,
}: {
  readonly state: State
  readonly controller: ImportController
}) {
  const words = useWords()
  const { summary } = state
  return (
    <Step number={7} title={words.steps.summary} isDone={summary !== undefined}>
      {summary === undefined ? (
        <WaitingStep>{words.summaryWait}</WaitingStep>
      ) : (
        <Told summary={summary} state={state} controller={controller} />
      )}
    </Step>
  )
}

function Told({
  summary,
  state,
  controller,
}: {
  readonly summary: Summary
  readonly state: State
  readonly controller: ImportController
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const named = useReasonName()
  const ofJob = useTexts(texts)
  const { rows, imported, leftOut, codes, applyIds, lostAnswers, milliseconds, jobId, attributes } = summary
  const seconds = milliseconds / 1000
  function download() {
    const told = {
      file: state.source?.name,
      product: state.target?.productKey,
      instance: state.target?.instanceId,
      rows,
      imported,
      leftOut,
      reasons: codes,
      applyIds,
      seconds,
    }
    save(
      new Blob([`${JSON.stringify(told, undefined, 2)}\n`], { type: 'application/json' }),
      'import-summary.json',
    )
  }
  return (
    <Flex vertical gap={16}>
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'imported', label: words.importedRows, children: numberFormat.count(imported) },
          { key: 'left', label: words.leftOutRows, children: numberFormat.count(leftOut) },
          { key: 'time', label: words.took, children: numberFormat.duration(milliseconds) },
          {
            key: 'rate',
            label: words.rate,
            children: words.aSecond(numberFormat.count(Math.round(imported / Math.max(0.001, seconds)))),
          },
          ...(attributes === undefined
            ? []
            : [
                {
                  key: 'attributes',
                  label: ofJob.attributesSet,
                  children: ofJob.attributes(
                    numberFormat.count(attributes.nicknames),
                    numberFormat.count(attributes.tagged),
                    numberFormat.count(attributes.failed),
                  ),
                },
              ]),
          ...(jobId === undefined
            ? []
            : [
                {
                  key: 'job',
                  label: ofJob.job,
                  children: (
                    <Link href={linkTo.importJob(state.target?.instanceId ?? '', jobId)} className="mono">
                      {jobId}
                    </Link>
                  ),
                },
              ]),
          ...Object.entries(codes).map(([code, count]) => ({
            key: code,
            label: named(code),
            children: numberFormat.count(count),
          })),
        ]}
      />
      {applyIds.length > 0 && (
        <div>
          <Typography.Title level={3} style={{ fontSize: 14, margin: '0 0 6px' }}>
            {words.applyIds(numberFormat.count(applyIds.length))}
          </Typography.Title>
          <Flex
            component="ul"
            gap="4px 20px"
            wrap
            style={{ listStyle: 'none', margin: 0, padding: 0, maxHeight: 200, overflow: 'auto' }}
            tabIndex={0}
            aria-label="ApplyId"
          >
            {applyIds.map((id) => (
              <li key={id}>
                <Link href={linkTo.batch(state.target?.instanceId ?? '', id)} className="mono">
                  {id}
                </Link>
                <CopyButton text={id} what="ApplyId" bare />
              </li>
            ))}
          </Flex>
        </div>
      )}
      {lostAnswers > 0 && (
        <Alert type="info" showIcon title={words.lostAnswers(numberFormat.count(lostAnswers), lostAnswers)} />
      )}
      <Flex gap={12} wrap>
        <Button type="primary" onClick={() => controller.startOver()}>
          {words.another}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={download}>
          {words.downloadSummary}
        </Button>
      </Flex>
    </Flex>
  )
}
