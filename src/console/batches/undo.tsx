import { Alert, Button, Flex, Modal, Spin, Typography } from 'antd'
import { useState } from 'react'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem } from '../shell/problem.tsx'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { TypedCount, typedFrom } from '../shell/typed-count.tsx'
import { inInstance } from './batch.ts'
import { texts } from './batch-texts.ts'
import { changedBy } from './changed-by.ts'
import type { OfBatch } from './devices-of.ts'

/**
 * Undoes a batch after showing what would be deleted and kept.
 * @param mayBeShared whether several calls may have registered the batch
 */
export function Undo({
  instance,
  applyId,
  mayBeShared,
  close,
}: OfBatch & { readonly mayBeShared: boolean; readonly close: () => void }) {
  useRestoreFocus()
  const words = useTexts(texts)
  const [typed, setTyped] = useState('')
  const { count: number } = useNumberFormat()
  const ofBatch = { ...inInstance(instance), ApplyId: applyId }
  const act = useApiMutation('UndoDeviceBatch', changedBy)
  const dry = useApiQuery('UndoDeviceBatch', { ...ofBatch, DryRun: true }, { enabled: act.isIdle })
  const would: { readonly DeletedCount: number; readonly KeptCount: number } | undefined = dry.isFetching
    ? undefined
    : dry.data?.Data
  const done = act.data?.Data
  return (
    <Modal
      open
      title={words.undoTitle(applyId)}
      closable={!act.isPending}
      keyboard={!act.isPending}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        act.isIdle || act.isPending ? (
          <>
            <Button disabled={act.isPending} onClick={close}>
              {words.cancel}
            </Button>
            {would !== undefined && would.DeletedCount > 0 && (
              <Button
                type="primary"
                danger
                loading={act.isPending}
                disabled={would.DeletedCount >= typedFrom && typed.trim() !== String(would.DeletedCount)}
                onClick={() => act.mutate(ofBatch)}
              >
                {words.undoDo(would.DeletedCount, number(would.DeletedCount))}
              </Button>
            )}
          </>
        ) : (
          <Button onClick={close}>{words.close}</Button>
        )
      }
    >
      <div aria-live="polite">
        {act.error !== null && <Problem error={act.error} />}
        {done !== undefined && (
          <Alert
            type="success"
            showIcon
            title={words.undone(number(done.DeletedCount), number(done.KeptCount))}
          />
        )}
        {(act.isIdle || act.isPending) &&
          (dry.error !== null ? (
            <Problem error={dry.error} retry={dry.refetch} />
          ) : would === undefined ? (
            <Flex gap={8} align="center">
              <Spin size="small" />
              {words.undoLooking}
            </Flex>
          ) : would.DeletedCount === 0 ? (
            <Flex vertical gap={8}>
              {would.KeptCount > 0 && (
                <Typography.Text>{words.wouldKeep(would.KeptCount, number(would.KeptCount))}</Typography.Text>
              )}
              <Typography.Text>{words.nothingToUndo}</Typography.Text>
            </Flex>
          ) : (
            <Flex vertical gap={8}>
              <Typography.Text strong>
                {words.wouldDelete(would.DeletedCount, number(would.DeletedCount))}
              </Typography.Text>
              <Typography.Text>
                {would.KeptCount > 0
                  ? words.wouldKeep(would.KeptCount, number(would.KeptCount))
                  : words.wouldKeepNone}
              </Typography.Text>
              {mayBeShared && <Typography.Text>{words.shared}</Typography.Text>}
              <Typography.Text>{words.forGood}</Typography.Text>
              {would.DeletedCount >= typedFrom && (
                <TypedCount count={would.DeletedCount} typed={typed} onType={setTyped} />
              )}
            </Flex>
          ))}
      </div>
    </Modal>
  )
}
