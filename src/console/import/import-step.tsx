import { Alert, Button, Checkbox, Flex, Popconfirm, Typography } from 'antd'
import { useEffect } from 'react'
import { useFigures } from '../shell/number-format.ts'
import type { Desk } from './import-controller.ts'
import { TroubleTold } from './import-error.tsx'
import { isBusy, type Next, type State } from './model.ts'
import { PassProgress } from './progress.tsx'
import { Step, Waits } from './step.tsx'
import { useWords } from './texts.ts'

/** Imports the rows that were found good, and says what becomes of the others. */
export function ImportStep({
  state,
  next,
  desk,
}: {
  readonly state: State
  readonly next: Next
  readonly desk: Desk
}) {
  const words = useWords()
  const { phase } = state
  return (
    <Step number={6} title={words.steps.import} isDone={phase === 'imported'}>
      {phase === 'importing' ? (
        <UnderWay state={state} desk={desk} />
      ) : phase === 'paused' ? (
        <Paused state={state} desk={desk} />
      ) : phase === 'imported' ? (
        <>
          {state.trouble !== undefined && <TroubleTold trouble={state.trouble} />}
          <Waits>{words.importDone}</Waits>
        </>
      ) : (
        <Beginning state={state} next={next} desk={desk} />
      )}
    </Step>
  )
}

function Beginning({
  state,
  next,
  desk,
}: {
  readonly state: State
  readonly next: Next
  readonly desk: Desk
}) {
  const words = useWords()
  const figures = useFigures()
  const { counts, choice } = state
  if (counts === undefined) return <Waits>{words.importWait}</Waits>
  const isReady = next.code === 'import'
  return (
    <Flex vertical gap={12}>
      {state.trouble !== undefined && <TroubleTold trouble={state.trouble} />}
      {counts.bad > 0 && (
        <Checkbox
          checked={choice.leaveBad}
          disabled={counts.good === 0}
          onChange={({ target }) => desk.choose({ leaveBad: target.checked })}
        >
          {words.leaveBad(figures.count(counts.bad), counts.bad)}
        </Checkbox>
      )}
      {counts.existing > 0 && (
        <Checkbox
          checked={choice.skipExisting}
          disabled={counts.good === 0}
          onChange={({ target }) => desk.choose({ skipExisting: target.checked })}
        >
          {words.skipExisting(figures.count(counts.existing), counts.existing)}
        </Checkbox>
      )}
      <Typography.Text type="secondary">{words.keptMeans}</Typography.Text>
      <Flex gap={12} align="center" wrap>
        <Button type={isReady ? 'primary' : 'default'} disabled={!isReady} onClick={() => desk.import()}>
          {words.importGood(figures.count(counts.good), counts.good)}
        </Button>
        {!isReady && <Waits>{words.blocks(next, figures)}</Waits>}
      </Flex>
    </Flex>
  )
}

function UnderWay({ state, desk }: { readonly state: State; readonly desk: Desk }) {
  const words = useWords()
  const mustStay = useMustStay(state)
  return (
    <Flex vertical gap={12}>
      {state.isLost && (
        <Alert type="warning" showIcon role="alert" title={words.lostTitle} description={words.lostMeans} />
      )}
      {mustStay && <Alert type="warning" showIcon title={words.notKept} />}
      <PassProgress label={words.importing} progress={state.progress} stands={state.isLost} />
      {state.isLookingUp && <Waits>{words.lookingUp}</Waits>}
      <div>
        <Button onClick={desk.stop} loading={state.isStopping}>
          {state.isStopping ? words.pausing : words.pause}
        </Button>
      </div>
    </Flex>
  )
}

/** Whether the page must not be left; then the browser asks whoever leaves it. */
function useMustStay({ importId, isKept }: State): boolean {
  const mustStay = importId !== undefined && !isKept
  useEffect(() => {
    if (!mustStay) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [mustStay])
  return mustStay
}

function Paused({ state, desk }: { readonly state: State; readonly desk: Desk }) {
  const words = useWords()
  const id = state.importId!
  const mustStay = useMustStay(state)
  return (
    <Flex vertical gap={12}>
      {state.trouble !== undefined && <TroubleTold trouble={state.trouble} />}
      {mustStay && <Alert type="warning" showIcon title={words.notKept} />}
      <Typography.Text>
        {isBusy(state) ? words.busy : mustStay ? words.pausedHere : words.pausedMeans}
      </Typography.Text>
      <Flex gap={12} wrap>
        <Button type="primary" onClick={() => desk.resume(id)}>
          {words.goOn}
        </Button>
        <Discard discard={() => desk.discard(id)} />
        {state.isKept && <Button onClick={() => desk.startOver()}>{words.another}</Button>}
      </Flex>
    </Flex>
  )
}

/** Forgets an import, after a question. */
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
