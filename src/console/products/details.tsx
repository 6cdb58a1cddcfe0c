import { Card, Descriptions, type DescriptionsProps, Grid } from 'antd'

/** What is known of a thing, each fact beside its name; on a phone below it. */
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
        // A cell lays out what is in it in a row.
        items={items.map((item) => ({ ...item, children: <div>{item.children}</div> }))}
      />
    </Card>
  )
}
