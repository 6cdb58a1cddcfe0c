import { Alert, Button, Flex } from 'antd'
import { Link } from 'wouter'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import type { ImportController } from './import-controller.ts'
import type { State } from './model.ts'
import { SecretsDownload } from './offers.tsx'
import { texts } from './reshape-texts.ts'

/** Describes what came of the last import of this tab, above everything else; a reload does not lose it. */
export function LastResult({
  state,
  controller,
}: {
  readonly state: State
  readonly controller: ImportController
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const { lastResult, phase, reading, source } = state
  if (lastResult === undefined || (phase !== 'imported' && phase !== 'choosing')) return null
  const { target, fileName, imported, leftOut, jobId } = lastResult
  const instance = target.instanceId ?? ''
  const hasSecrets = source?.file !== undefined && reading.reshape?.secret?.kind === 'generate'
  return (
    <Alert
      type={leftOut === 0 ? 'success' : 'warning'}
      showIcon
      role="status"
      title={words.lastResult(fileName, count(imported), imported, count(leftOut), leftOut)}
      action={<Button onClick={controller.dismissResult}>{words.close}</Button>}
      description={
        <Flex gap={16} align="center" wrap>
          <Link href={linkTo.product(instance, target.productKey)}>{words.seeDevices}</Link>
          {jobId !== undefined && <Link href={linkTo.importJob(instance, jobId)}>{words.seeJob}</Link>}
          <Link href={linkTo.product(instance, target.productKey)}>{words.connectOne}</Link>
          {hasSecrets && phase === 'imported' && (
            <SecretsDownload controller={controller} isTaken={state.hasSecrets === true} />
          )}
        </Flex>
      }
    />
  )
}
