import { useQueryClient } from '@tanstack/react-query'
import { Flex } from 'antd'
import { useEffect } from 'react'
import type { FixOffer } from '../../importer/fix-offers.ts'
import { useSession } from '../shell/session.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FileStep } from './file-step.tsx'
import { ImportStep } from './import-step.tsx'
import { LastResult } from './last-result.tsx'
import { MissingPermissions } from './missing-permissions.tsx'
import { firstOf, isFixed, nextOf } from './model.ts'
import { NextBar } from './next-bar.tsx'
import { ResultStep } from './result-step.tsx'
import { SummaryStep } from './summary-step.tsx'
import { TargetStep } from './target-step.tsx'
import { UnfinishedImports } from './unfinished-imports.tsx'
import { useImportController } from './use-import-controller.ts'
import { VerifyStep } from './verify-step.tsx'

const noOffers: readonly FixOffer[] = []

/** Imports a file of devices into a product, in steps on one page. */
export function Page() {
  const [controller, state] = useImportController()
  const { may } = useSession()
  const next = nextOf(state, may)
  const fixed = isFixed(state)
  const isUnderWay = state.phase === 'verifying' || state.phase === 'importing'
  const { preview } = state
  // Another tab may have finished a stored import.
  useEffect(() => {
    addEventListener('focus', controller.list)
    return () => removeEventListener('focus', controller.list)
  }, [controller])
  // Every page shows numbers of devices.
  const queries = useQueryClient()
  const isImported = state.phase === 'imported'
  useEffect(() => {
    if (isImported) void queries.invalidateQueries()
  }, [queries, isImported])
  // Otherwise the browser would open a file dropped beside the drop zone.
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      const files = event.dataTransfer?.files ?? []
      if (files.length > 0 && !fixed) controller.take(firstOf(files))
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [controller, fixed])
  return (
    <Flex vertical gap={16} style={{ maxWidth: 1200, margin: '0 auto' }}>
      <NextBar next={next} share={isUnderWay ? (state.progress?.share ?? 0) : undefined} />
      <LastResult state={state} controller={controller} />
      <MissingPermissions />
      <UnfinishedImports state={state} controller={controller} />
      <TargetStep target={state.target} choose={controller.chooseTarget} isFixed={fixed || isImported} />
      <FileStep
        source={state.source}
        preview={preview}
        unreadable={state.unreadable}
        findings={state.findings ?? preview?.findings}
        reading={state.reading}
        isFixed={fixed}
        isSettled={fixed || isImported}
        take={controller.take}
        reread={controller.read}
      />
      <ColumnsStep
        preview={preview}
        reading={state.reading}
        isFixed={fixed || isImported}
        reread={controller.read}
      />
      <VerifyStep state={state} next={next} verify={controller.verify} stop={controller.stop} />
      <ResultStep
        counts={state.counts}
        offers={state.phase === 'verified' ? (state.offers ?? noOffers) : noOffers}
        listing={state.listing}
        filter={state.filter}
        preview={preview}
        isWhole={state.phase !== 'verifying'}
        isImported={isImported}
        controller={controller}
      />
      <ImportStep state={state} next={next} controller={controller} />
      <SummaryStep state={state} controller={controller} />
    </Flex>
  )
}
