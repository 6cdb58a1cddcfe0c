import { Typography, theme as themes } from 'antd'
import { useNumberFormat } from '../shell/number-format.ts'
import type { Next } from './model.ts'
import { useWords } from './texts.ts'

/** The one line that says what blocks the next step. */
export function NextBar({
  next,
  share,
}: {
  readonly next: Next
  /** Completed share of the current operation, from 0 to 1; undefined if none is running. */
  readonly share: number | undefined
}) {
  const words = useWords()
  const numberFormat = useNumberFormat()
  const { token } = themes.useToken()
  return (
    <div
      role="status"
      style={{
        position: 'sticky',
        top: 56,
        zIndex: 5,
        padding: '10px 16px',
        background: token.colorBgElevated,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderInlineStart: `4px solid ${next.code === 'imported' ? token.colorSuccess : token.colorPrimary}`,
        borderRadius: token.borderRadius,
        boxShadow: token.boxShadowTertiary,
      }}
    >
      <Typography.Text type="secondary" style={{ marginInlineEnd: 10 }}>
        {words.stepOf(next.step)}
      </Typography.Text>{' '}
      <Typography.Text strong>{words.blocks(next, numberFormat)}</Typography.Text>
      {share !== undefined && (
        // The progress itself is announced at each tenth.
        <Typography.Text type="secondary" aria-hidden style={{ marginInlineStart: 10 }}>
          {numberFormat.percent(share)}
        </Typography.Text>
      )}
    </div>
  )
}
