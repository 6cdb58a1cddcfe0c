import { Alert, Button, Checkbox, Flex, Popconfirm, Typography } from 'antd'
import { useEffect } from 'react'
import { useNumberFormat } from '../shell/number-format.ts'
import type { ImportController } from './import-controller.ts'
import { ImportErrorAlert } from './import-error.tsx'
import { isBusy, type Next, type State } from './model.ts'
import { SecretsDownload } from './offers.tsx'
import { PassProgress } from './progress.tsx'
import { Step, WaitingStep } from './step.tsx'
import { useWords } from './texts.ts'

/** Imports the good rows, and explains what happens to the others. */
export function ImportStep({
  state,
  next,
  controller,
}: {
  readonly state: State
  readonly next: Next
  readonly controller: ImportController
}) {
  const words = useWords()
  const { phase } = state
  return (
    <Step number={6} title={words.steps.import} isDone={phase === 'imported'}>
      {phase === 'importing' ? (
        <UnderWay state={state} controller={controller} />
      ) : phase === 'paused' ? (
        <Paused state={state} controller={controller} />
      ) : phase === 'imported' ? (
        <>
          {state.importError !== undefined && <ImportErrorAlert importError={state.importError} />}
          <WaitingStep>{words.importDone}</WaitingStep>
        </>
      ) : (
        <Beginning state={state} next={next} controller={controller} />
      )}
    </Step>
  )
}

function Beginning({
  state,
  next,
  controller,
}: {
  readonly state: State
  readonly next: Next
  readonly controller: ImportController
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const { counts, choice } = state
  if (counts === undefined) return <WaitingStep>{words.importWait}</WaitingStep>
  const isReady = next.code === 'import'
  return (
    <Flex vertical gap={12}>
      {state.importError !== undefined && <ImportErrorAlert importError={state.importError} />}
      {counts.bad > 0 && (
        <Checkbox
          checked={choice.leaveBad}
          disabled={counts.good === 0}
          onChange={({ target }) => controller.choose({ leaveBad: target.checked })}
        >
          {words.leaveBad(numberFormat.count(counts.bad), counts.bad)}
        </Checkbox>
      )}
      {counts.existing > 0 && (
        <Checkbox
          checked={choice.skipExisting}
          disabled={counts.good === 0}
          onChange={({ target }) => controller.choose({ skipExisting: target.checked })}
        >
          {words.skipExisting(numberFormat.count(counts.existing), counts.existing)}
        </Checkbox>
      )}
      {state.reading.reshape?.secret?.kind === 'generate' && (
        <SecretsDownload controller={controller} isTaken={state.hasSecrets === true} />
      )}
      <Typography.Text type="secondary">{words.keptMeans}</Typography.Text>
      <Flex gap={12} align="center" wrap>
        <Button
          type={isReady ? 'primary' : 'default'}
          disabled={!isReady}
          onClick={() => controller.import()}
        >
          {words.importGood(numberFormat.count(counts.good), counts.good)}
        </Button>
        {!isReady && <WaitingStep>{words.blocks(next, numberFormat)}</WaitingStep>}
      </Flex>
    </Flex>
  )
}

function UnderWay({ state, controller }: { readonly state: State; readonly controller: ImportController }) {
  const words = useWords()
  const mustStay = useMustStay(state)
  return (
    <Flex vertical gap={12}>
      {state.isLost && (
        <Alert type="warning" showIcon role="alert" title={words.lostTitle} description={words.lostMeans} />
      )}
      {mustStay && <Alert type="warning" showIcon title={words.notKept} />}
      <PassProgress label={words.importing} progress={state.progress} stands={state.isLost} />
      {state.isReconciling && <WaitingStep>{words.reconciling}</WaitingStep>}
      <div>
        <Button onClick={controller.stop} loading={state.isStopping}>
          {state.isStopping ? words.pausing : words.pause}
        </Button>
      </div>
    </Flex>
  )
}

/** Returns true if leaving the page would lose progress; the browser then asks the user to confirm. */
function useMustStay({ importId, isSaved }: State): boolean {
  const mustStay = importId !== undefined && !isSaved
  useEffect(() => {
    if (!mustStay) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [mustStay])
  return mustStay
}

function Paused({ state, controller }: { readonly state: State; readonly controller: ImportController }) {
  const words = useWords()
  const id = state.importId!
  const mustStay = useMustStay(state)
  return (
    <Flex vertical gap={12}>
      {state.importError !== undefined && <ImportErrorAlert importError={state.importError} />}
      {mustStay && <Alert type="warning" showIcon title={words.notKept} />}
      <Typography.Text>
        {isBusy(state) ? words.busy : mustStay ? words.pausedHere : words.pausedMeans}
      </Typography.Text>
      <Flex gap={12} wrap>
        <Button type="primary" onClick={() => controller.resume(id)}>
          {words.goOn}
        </Button>
        <Discard discard={() => controller.discard(id)} />
        {state.isSaved && <Button onClick={() => controller.startOver()}>{words.another}</Button>}
      </Flex>
    </Flex>
  )
}

/** Discards an import after confirmation. */
export function Discard({ discard }: { readonly discard: () => void }) {
  const words = useWords()
  return (
    <Popconfirm
      title={words.discardTitle}
      description={<div style={{ maxWidth: 320 }}>{words.discardMeans}</div>}
      okText={words.discard}
      okButtonProps={{ danger: true }}
      onConfirm={discard}
    >
      <Button danger>{words.discard}</Button>
    </Popconfirm>
  )
}
