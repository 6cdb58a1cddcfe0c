import { Card, Descriptions, type DescriptionsProps, Grid } from 'antd'

/** A list of facts with labels; on a phone, each below its label. */
export function Details({
  title,
  items,
}: {
  readonly title: string
  readonly items: NonNullable<DescriptionsProps['items']>
}) {
  const isWide = Grid.useBreakpoint().md ?? true
  return (
    <Card size="small" title={title}>
      <Descriptions
        size="small"
        colon={false}
        column={isWide ? 2 : 1}
        layout={isWide ? 'horizontal' : 'vertical'}
        styles={{ label: { width: isWide ? 132 : undefined } }}
        // Puts the content of a cell in a row.
        items={items.map((item) => ({ ...item, children: <div>{item.children}</div> }))}
      />
    </Card>
  )
}
