import { useQueryClient } from '@tanstack/react-query'
import { Flex } from 'antd'
import { useEffect } from 'react'
import { useSession } from '../shell/session.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FileStep } from './file-step.tsx'
import { ImportStep } from './import-step.tsx'
import { firstOf, isFixed, nextOf } from './model.ts'
import { NextBar } from './next-bar.tsx'
import { ResultStep } from './result-step.tsx'
import { SummaryStep } from './summary-step.tsx'
import { TargetStep } from './target-step.tsx'
import { KeptImports } from './unfinished-imports.tsx'
import { useDesk } from './use-import-controller.ts'
import { VerifyStep } from './verify-step.tsx'

/** Brings a file of devices into a product: all of the way on one page. */
export function Page() {
  const [desk, state] = useDesk()
  const { may } = useSession()
  const next = nextOf(state, may)
  const fixed = isFixed(state)
  const isUnderWay = state.phase === 'verifying' || state.phase === 'importing'
  const { preview } = state
  // Another tab may have ended one of those that are kept.
  useEffect(() => {
    addEventListener('focus', desk.list)
    return () => removeEventListener('focus', desk.list)
  }, [desk])
  // Every page counts devices.
  const queries = useQueryClient()
  const isImported = state.phase === 'imported'
  useEffect(() => {
    if (isImported) void queries.invalidateQueries()
  }, [queries, isImported])
  // A file that falls beside its place would be opened instead of the page.
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      const files = event.dataTransfer?.files ?? []
      if (files.length > 0 && !fixed) desk.take(firstOf(files))
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [desk, fixed])
  return (
    <Flex vertical gap={16} style={{ maxWidth: 1200, margin: '0 auto' }}>
      <NextBar next={next} share={isUnderWay ? (state.progress?.share ?? 0) : undefined} />
      <KeptImports state={state} desk={desk} />
      <TargetStep target={state.target} choose={desk.chooseTarget} isFixed={fixed || isImported} />
      <FileStep
        source={state.source}
        preview={preview}
        unreadable={state.unreadable}
        findings={state.findings ?? preview?.findings}
        reading={state.reading}
        isFixed={fixed}
        isSettled={fixed || isImported}
        take={desk.take}
        reread={desk.read}
      />
      <ColumnsStep
        preview={preview}
        reading={state.reading}
        isFixed={fixed || isImported}
        reread={desk.read}
      />
      <VerifyStep state={state} next={next} verify={desk.verify} stop={desk.stop} />
      <ResultStep
        counts={state.counts}
        listing={state.listing}
        filter={state.filter}
        preview={preview}
        isWhole={state.phase !== 'verifying'}
        isImported={isImported}
        desk={desk}
      />
      <ImportStep state={state} next={next} desk={desk} />
      <SummaryStep state={state} desk={desk} />
    </Flex>
  )
}
