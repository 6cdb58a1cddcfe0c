import { Empty } from 'antd'

export function Page() {
  return <Empty />
}
