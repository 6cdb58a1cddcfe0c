import { Flex } from 'antd'
import { useSession } from '../shell/session.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FileStep } from './file-step.tsx'
import { ImportStep } from './import-step.tsx'
import { KeptImports } from './kept-imports.tsx'
import { isFixed, nextOf } from './model.ts'
import { NextBar } from './next-bar.tsx'
import { ResultStep } from './result-step.tsx'
import { SummaryStep } from './summary-step.tsx'
import { TargetStep } from './target-step.tsx'
import { useDesk } from './use-desk.ts'
import { VerifyStep } from './verify-step.tsx'

/** Brings a file of devices into a product: all of the way on one page. */
export function Page() {
  const [desk, state] = useDesk()
  const { may } = useSession()
  const next = nextOf(state, may)
  return (
    <Flex vertical gap={16} style={{ maxWidth: 1200, margin: '0 auto' }}>
      <NextBar next={next} />
      <KeptImports state={state} desk={desk} />
      <TargetStep
        target={state.target}
        choose={(target) => desk.chooseTarget(target)}
        isFixed={isFixed(state) || state.phase === 'imported'}
      />
      <FileStep state={state} take={(source) => desk.take(source)} reread={(reading) => desk.read(reading)} />
      <ColumnsStep state={state} reread={(reading) => desk.read(reading)} />
      <VerifyStep state={state} next={next} verify={() => desk.verify()} stop={() => desk.stop()} />
      <ResultStep state={state} desk={desk} />
      <ImportStep state={state} next={next} desk={desk} />
      <SummaryStep state={state} desk={desk} />
    </Flex>
  )
}
