import { UnorderedListOutlined } from '@ant-design/icons'
import { Badge, Button, Flex, Popover, Progress, Typography } from 'antd'
import { useState } from 'react'
import type { Job } from './jobs.ts'
import { jobTexts, useJobList, useJobResult, useJobs, useJobTitle } from './jobs-context.tsx'
import { useTexts } from './language.tsx'
import { useNumberFormat } from './number-format.ts'
import { Problem } from './problem.tsx'

const failuresShown = 5

/** Opens the list of background jobs; its number is that of the running ones. */
export function JobsButton() {
  const words = useTexts(jobTexts)
  const jobs = useJobs()
  const list = useJobList()
  const running = list.filter(({ state }) => state === 'running').length
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Flex
          vertical
          gap={16}
          role="region"
          aria-label={words.jobs}
          style={{ width: 'min(420px, 80vw)', maxHeight: '70vh', overflow: 'auto' }}
        >
          <Flex justify="space-between" align="center">
            <Typography.Text strong>{words.jobs}</Typography.Text>
            {list.length > running && (
              <Button size="small" type="text" onClick={() => jobs.clear()}>
                {words.clear}
              </Button>
            )}
          </Flex>
          {list.length === 0 && <Typography.Text type="secondary">{words.none}</Typography.Text>}
          {list.map((job) => (
            <JobView key={job.id} job={job} />
          ))}
          <AskToNotify />
        </Flex>
      }
    >
      <Badge count={running} size="small" offset={[-6, 8]}>
        <Button
          type="text"
          icon={<UnorderedListOutlined />}
          aria-label={words.open(running)}
          title={words.jobs}
        />
      </Badge>
    </Popover>
  )
}

function JobView({ job }: { readonly job: Job }) {
  const words = useTexts(jobTexts)
  const jobs = useJobs()
  const { count } = useNumberFormat()
  const title = useJobTitle()
  const result = useJobResult()
  const { id, state, done, failed, total, error, undo } = job
  const isRunning = state === 'running'
  return (
    <section aria-label={title(job)}>
      <Flex gap={8} justify="space-between" align="center">
        <Typography.Text strong style={{ overflowWrap: 'anywhere' }}>
          {title(job)}
        </Typography.Text>
        {isRunning ? (
          <Button size="small" disabled={jobs.isStopping(id)} onClick={() => jobs.stop(id)}>
            {words.stop}
          </Button>
        ) : (
          undo !== undefined && (
            <Button size="small" onClick={() => jobs.undo(id)}>
              {words.undo}
            </Button>
          )
        )}
      </Flex>
      {isRunning ? (
        <Progress
          aria-label={words.progress}
          size="small"
          percent={total ? Math.min(100, (100 * (done + failed.length)) / total) : 0}
          format={() => words.of(count(done + failed.length), total === undefined ? undefined : count(total))}
          percentPosition={{ type: 'outer', align: 'center' }}
        />
      ) : (
        <Typography.Text type="secondary">{result(job)}</Typography.Text>
      )}
      {error !== undefined && <Problem error={error} />}
      {failed.slice(0, failuresShown).map(({ name, error }) => (
        <div key={name} style={{ marginTop: 8 }}>
          <Typography.Text className="mono">{name}</Typography.Text>
          <Problem error={error} />
        </div>
      ))}
    </section>
  )
}

/** Asks the browser for permission to report ends while another tab is open. */
function AskToNotify() {
  const words = useTexts(jobTexts)
  const [isOpen, setOpen] = useState('Notification' in window && Notification.permission === 'default')
  if (!isOpen) return null
  return (
    <Button
      size="small"
      type="dashed"
      onClick={() => void Notification.requestPermission().finally(() => setOpen(false))}
    >
      {words.notify}
    </Button>
  )
}
