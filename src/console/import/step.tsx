import { CheckOutlined } from '@ant-design/icons'
import { Card, Flex, Typography, theme as themes } from 'antd'
import { type ReactNode, useId } from 'react'

/** One of the page's steps. All are visible at any time; each shows what it requires. */
export function Step({
  number,
  title,
  isDone,
  extra,
  children,
}: {
  readonly number: number
  readonly title: string
  readonly isDone: boolean
  readonly extra?: ReactNode
  readonly children: ReactNode
}) {
  const { token } = themes.useToken()
  const heading = useId()
  return (
    <Card role="region" aria-labelledby={heading} size="small" styles={{ body: { padding: 16 } }}>
      <Flex align="center" gap={12} wrap style={{ marginBottom: 12 }}>
        <span
          aria-hidden
          style={{
            width: 24,
            height: 24,
            borderRadius: 12,
            display: 'inline-flex',
            alignItems: 'center',
            justifyContent: 'center',
            fontSize: 13,
            border: `1px solid ${isDone ? token.colorSuccess : token.colorBorder}`,
            color: isDone ? token.colorSuccess : token.colorTextSecondary,
          }}
        >
          {isDone ? <CheckOutlined /> : number}
        </span>
        <Typography.Title level={2} id={heading} style={{ fontSize: 16, margin: 0, flex: 1 }}>
          {title}
        </Typography.Title>
        {extra}
      </Flex>
      {children}
    </Card>
  )
}

/** The text of a step that is not available yet. */
export function WaitingStep({ children }: { readonly children: ReactNode }) {
  return <Typography.Text type="secondary">{children}</Typography.Text>
}
