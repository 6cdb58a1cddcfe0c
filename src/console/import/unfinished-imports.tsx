import { Alert, Button, Flex } from 'antd'
import { useNumberFormat } from '../shell/number-format.ts'
import { Time } from '../shell/time.tsx'
import type { ImportController } from './import-controller.ts'
import { Discard } from './import-step.tsx'
import type { State } from './model.ts'
import { useWords } from './texts.ts'

/** Unfinished imports in this browser. */
export function UnfinishedImports({
  state,
  controller,
}: {
  readonly state: State
  readonly controller: ImportController
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  // A paused import that is not stored would be lost if another were resumed.
  const isAtWork =
    state.phase === 'importing' || state.phase === 'verifying' || (state.phase === 'paused' && !state.isSaved)
  const others = state.unfinished.filter(({ id }) => id !== state.importId)
  return others.map(({ id, fileName, target, begun, rows, done }) => (
    <Alert
      key={id}
      type="warning"
      showIcon
      title={words.unfinished(fileName, `${target.productName} (${target.productKey})`)}
      description={
        <Flex vertical gap={10}>
          <span>{words.unfinishedMeans(numberFormat.count(done), numberFormat.count(rows))}</span>
          <span>
            {words.begun} <Time at={begun} />
          </span>
          {state.busy === id && <span>{words.busy}</span>}
          <Flex gap={12} wrap align="center">
            <Button
              type="primary"
              disabled={isAtWork || state.isReading}
              loading={state.resuming === id}
              onClick={() => controller.resume(id)}
            >
              {words.goOn}
            </Button>
            <Discard discard={() => controller.discard(id)} />
            {isAtWork && <span>{words.oneAtATime}</span>}
          </Flex>
        </Flex>
      }
    />
  ))
}
