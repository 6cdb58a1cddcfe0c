import { Skeleton, Table, type TableProps, type TableRef } from 'antd'
import { useLayoutEffect, useRef } from 'react'
import { usePageSteps } from './page-steps.tsx'

/**
 * A table that scrolls sideways if it is too wide. The keyboard scrolls only focusable elements, and an empty
 * table has no others.
 */
export function WideTable<Row extends object>(props: TableProps<Row> & { readonly 'aria-label': string }) {
  const table = useRef<TableRef>(null)
  const label = props['aria-label']
  useLayoutEffect(() => {
    const scroller = table.current!.nativeElement.querySelector('.ant-table-content')!
    const stop = Object.entries({ tabindex: '0', role: 'region', 'aria-label': label })
    const measure = () => {
      const isWider = scroller.scrollWidth > scroller.clientWidth
      for (const [name, value] of stop)
        if (isWider) scroller.setAttribute(name, value)
        else scroller.removeAttribute(name)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    observer.observe(scroller.querySelector('table')!)
    return () => observer.disconnect()
  }, [label])
  const itemRender = usePageSteps()
  const pagination = props.pagination && { itemRender, ...props.pagination }
  // Before the first answer it is unknown whether the table is empty.
  const isFirst = props.loading === true && (props.dataSource?.length ?? 0) === 0
  return (
    <Table<Row>
      ref={table}
      scroll={{ x: 'max-content' }}
      {...props}
      {...(isFirst && { loading: false, locale: { emptyText: <Skeleton active title={false} aria-busy /> } })}
      pagination={pagination ?? false}
    />
  )
}
