import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Alert, Button, Descriptions, Flex, Modal, Progress, Spin, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { AnswerOf } from '../../client/outcome.ts'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { inInstance } from './batch.ts'
import { changedBy } from './changed-by.ts'
import { texts } from './job-texts.ts'

/** An import job, as ListImportJobs returns it. */
type Job = AnswerOf<'ListImportJobs'>['Data']['Job'][number]

const stateIn = ({ states }: typeof texts.en, state: string): string =>
  states[state as keyof typeof states] ?? state

const pageSize = 10

/** The import jobs of an instance, newest first; nothing if there are none, or the key may not list them. */
export function JobList({
  instance,
  productKey,
}: {
  readonly instance: string
  /** Lists only jobs of this product, if given. */
  readonly productKey: string | undefined
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const { may } = useSession()
  const [tokens, setTokens] = useState<readonly string[]>([])
  const { data, error, refetch } = useApiQuery(
    'ListImportJobs',
    { ...inInstance(instance), ProductKey: productKey, MaxResults: pageSize, NextToken: tokens.at(-1) },
    { enabled: may('ListImportJobs'), keepPrevious: true },
  )
  const jobs: readonly Job[] = data?.Data.Job ?? []
  const next: string | undefined = data?.Data.NextToken
  if (error !== null) return <Problem error={error} retry={refetch} />
  if (jobs.length === 0 && tokens.length === 0) return null
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
        {words.jobs}
      </Typography.Title>
      <WideTable<Job>
        aria-label={words.jobs}
        rowKey="JobId"
        size="middle"
        dataSource={[...jobs]}
        pagination={false}
        columns={[
          {
            title: words.file,
            dataIndex: 'FileName',
            render: (name: string, { JobId }) => <Link href={linkTo.importJob(instance, JobId)}>{name}</Link>,
          },
          { title: words.state, dataIndex: 'State', render: (state: string) => stateIn(words, state) },
          {
            title: words.product,
            dataIndex: 'ProductName',
            render: (name: string, { ProductKey }) => (
              <Link href={linkTo.product(instance, ProductKey)}>{name}</Link>
            ),
          },
          { title: words.devices, dataIndex: 'DeviceCount', align: 'end', render: count },
          { title: words.rejected, dataIndex: 'RejectedCount', align: 'end', render: count },
          { title: words.by, key: 'by', render: (_, job) => job.UserName ?? job.AccessKeyId },
          { title: words.begun, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
        ]}
      />
      {(tokens.length > 0 || next !== undefined) && (
        <Flex gap={8} justify="end">
          <Button
            size="small"
            icon={<LeftOutlined />}
            disabled={tokens.length === 0}
            onClick={() => setTokens(tokens.slice(0, -1))}
          >
            {words.newer}
          </Button>
          <Button
            size="small"
            icon={<RightOutlined />}
            disabled={next === undefined}
            onClick={() => setTokens([...tokens, next!])}
          >
            {words.older}
          </Button>
        </Flex>
      )}
    </Flex>
  )
}

/** One import job: its counts, its batches, and its undo. */
export function JobPage({ instance, id }: { readonly instance: string; readonly id: string }) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const [isUndoing, setUndoing] = useState(false)
  const { may } = useSession()
  const { data, error, refetch } = useApiQuery('GetImportJob', { ...inInstance(instance), JobId: id })
  if (error !== null) return <Problem error={error} retry={refetch} />
  if (data === undefined) return <Spin />
  const job = data.Data
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={2} style={{ fontSize: 18, margin: 0, wordBreak: 'break-all' }}>
        {job.FileName}
      </Typography.Title>
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'state', label: words.state, children: stateIn(words, job.State) },
          {
            key: 'product',
            label: words.product,
            children: <Link href={linkTo.product(instance, job.ProductKey)}>{job.ProductName}</Link>,
          },
          { key: 'devices', label: words.devices, children: count(job.DeviceCount) },
          { key: 'remaining', label: words.remaining, children: count(job.RemainingCount) },
          { key: 'rejected', label: words.rejected, children: count(job.RejectedCount) },
          { key: 'skipped', label: words.skipped, children: count(job.SkippedCount) },
          { key: 'by', label: words.by, children: job.UserName ?? job.AccessKeyId },
          { key: 'begun', label: words.begun, children: <Time at={job.GmtCreate} /> },
          ...Object.entries(JSON.parse(job.Reasons) as Record<string, number>).map(([code, number]) => ({
            key: code,
            label: code,
            children: count(number),
          })),
        ]}
      />
      <Flex gap={12} align="center" wrap>
        <Link href={devicesLink(instance, job)}>{words.seeDevices}</Link>
        {may('UndoImportJob') && job.RemainingCount > 0 && (
          <Button danger onClick={() => setUndoing(true)}>
            {words.undo}
          </Button>
        )}
      </Flex>
      <WideTable
        aria-label={words.batches}
        rowKey="ApplyId"
        size="small"
        dataSource={[...job.Batch]}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          {
            title: 'ApplyId',
            dataIndex: 'ApplyId',
            render: (applyId: number) => (
              <Link className="mono" href={linkTo.batch(instance, applyId)}>
                {applyId}
              </Link>
            ),
          },
          { title: words.devices, dataIndex: 'DeviceCount', align: 'end', render: count },
          { title: words.begun, dataIndex: 'GmtCreate', render: (at: number) => <Time at={at} /> },
        ]}
      />
      {isUndoing && <UndoJob instance={instance} job={job} close={() => setUndoing(false)} />}
    </Flex>
  )
}

/** A batch's page lists its devices; devices of several batches are among those of the product. */
const devicesLink = (
  instance: string,
  { Batch: [first, ...others], ProductKey }: AnswerOf<'GetImportJob'>['Data'],
) =>
  first !== undefined && others.length === 0
    ? linkTo.batch(instance, first.ApplyId)
    : linkTo.product(instance, ProductKey)

interface Undone {
  readonly deleted: number
  readonly kept: number
  readonly batches: number
}

const nothing: Undone = { deleted: 0, kept: 0, batches: 0 }

/** Undoes a job as a whole, after it has told what would be deleted. Each call undoes some batches. */
function UndoJob({
  instance,
  job,
  close,
}: {
  readonly instance: string
  readonly job: Job
  readonly close: () => void
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const act = useApiMutation('UndoImportJob', changedBy)
  const [phase, setPhase] = useState<'idle' | 'looking' | 'looked' | 'undoing' | 'done'>('idle')
  const [would, setWould] = useState(nothing)
  const [done, setDone] = useState(nothing)
  async function run(isDry: boolean) {
    setPhase(isDry ? 'looking' : 'undoing')
    let sum = nothing
    let token: string | undefined
    try {
      do {
        const { Data } = await act.mutateAsync({
          ...inInstance(instance),
          JobId: job.JobId,
          ...(isDry && { DryRun: true }),
          ...(token !== undefined && { NextToken: token }),
        })
        sum = {
          deleted: sum.deleted + Data.DeletedCount,
          kept: sum.kept + Data.KeptCount,
          batches: sum.batches + Data.BatchCount,
        }
        token = Data.NextToken
        if (isDry) setWould(sum)
        else setDone(sum)
      } while (token !== undefined)
      setPhase(isDry ? 'looked' : 'done')
    } catch {
      // The mutation has the error; what was undone stays so, and the undo can be begun anew.
      setPhase('idle')
    }
  }
  const isBusy = phase === 'looking' || phase === 'undoing'
  const sum = phase === 'looking' || phase === 'looked' ? would : done
  return (
    <Modal
      open
      title={words.undoTitle(job.FileName)}
      closable={!isBusy}
      keyboard={!isBusy}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        <>
          <Button disabled={isBusy} onClick={close}>
            {phase === 'done' ? words.close : words.cancel}
          </Button>
          {phase === 'idle' && (
            <Button type="primary" onClick={() => void run(true)}>
              {words.dryRun}
            </Button>
          )}
          {(phase === 'looked' || phase === 'undoing') && would.deleted > 0 && (
            <Button type="primary" danger loading={phase === 'undoing'} onClick={() => void run(false)}>
              {words.undoDo(count(would.deleted), would.deleted)}
            </Button>
          )}
        </>
      }
    >
      <Flex vertical gap={12} aria-live="polite">
        {act.error !== null && phase === 'idle' && <Problem error={act.error} />}
        {phase === 'idle' && <Typography.Text>{words.undoMeans}</Typography.Text>}
        {isBusy && (
          <Progress
            aria-label={words.undo}
            percent={Math.floor((100 * sum.batches) / Math.max(1, job.BatchCount))}
          />
        )}
        {phase === 'looked' && (
          <Typography.Text>
            {words.would(count(would.deleted), would.deleted, count(would.kept), would.kept)}
          </Typography.Text>
        )}
        {phase === 'done' && (
          <Alert
            type="success"
            showIcon
            title={words.undone(count(done.deleted), done.deleted, count(done.kept), done.kept)}
          />
        )}
      </Flex>
    </Modal>
  )
}
