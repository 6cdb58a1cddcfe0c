import { Button, Flex, Progress, Typography } from 'antd'
import { useState } from 'react'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { WideTable } from '../shell/wide-table.tsx'
import type { Use } from './counts.ts'
import { inOrder } from './own-calls.ts'
import { useRate } from './rate.ts'
import { texts } from './usage-texts.ts'

/** The calls of each operation, with its quota. */
export function OperationsTable({
  uses,
  quotas,
  onChoose,
}: {
  readonly uses: readonly Use[]
  /** Calls per second; unknown for operations that are missing. */
  readonly quotas: ReadonlyMap<string, number>
  readonly onChoose: (action: string) => void
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const rate = useRate()
  // Rows keep their places while the mouse is over them.
  const [held, setHeld] = useState<readonly string[]>()
  const shown = held === undefined ? uses : inOrder(uses, held, ({ action }) => action)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is operated by this.
    <div
      onMouseEnter={() => setHeld(uses.map(({ action }) => action))}
      onMouseLeave={() => setHeld(undefined)}
    >
      <WideTable<Use>
        aria-label={words.ofEach}
        size="small"
        rowKey="action"
        dataSource={[...shown]}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        locale={{ emptyText: words.idle }}
        columns={[
          {
            title: words.operation,
            dataIndex: 'action',
            render: (action: string) => (
              <Button
                type="link"
                size="small"
                className="mono"
                style={{ paddingInline: 0 }}
                title={words.showIn(action)}
                onClick={() => onChoose(action)}
              >
                {action}
              </Button>
            ),
          },
          { title: words.lastMinute, dataIndex: 'lastMinute', align: 'end', render: count },
          {
            title: words.peak,
            dataIndex: 'busiest',
            align: 'end',
            render: (busiest: number, { action }) => {
              const quota = quotas.get(action)
              if (quota === undefined) return rate(busiest)
              return (
                <Flex gap={8} justify="end" align="center" style={{ whiteSpace: 'nowrap' }}>
                  {words.peakOf(rate(busiest), count(quota))}
                  <Progress
                    aria-hidden="true"
                    style={{ flex: 'none', width: 64 }}
                    size={[64, 6]}
                    showInfo={false}
                    percent={quota === 0 ? 0 : Math.min(100, (100 * busiest) / quota)}
                    status={busiest >= quota * 0.9 ? 'exception' : 'normal'}
                  />
                </Flex>
              )
            },
          },
          {
            title: words.throttled,
            dataIndex: 'throttled',
            align: 'end',
            render: (throttled: number) =>
              throttled > 0 ? (
                <Typography.Text type="danger">{count(throttled)}</Typography.Text>
              ) : (
                count(throttled)
              ),
          },
          { title: words.failed, dataIndex: 'failed', align: 'end', render: count },
          { title: words.devices, dataIndex: 'devices', align: 'end', render: count },
        ]}
      />
    </div>
  )
}
