import { Flex } from 'antd'
import { Health } from './health.tsx'
import { Instances } from './instances.tsx'
import { NewestProducts } from './newest-products.tsx'
import { RecentCalls } from './recent-calls.tsx'
import { Start } from './start.tsx'
import { Traffic } from './traffic-charts.tsx'
import { Usage } from './usage.tsx'

/** The content and use of the server. */
export function Page() {
  return (
    <Flex vertical gap={16}>
      <Start />
      <Health />
      <Instances />
      <NewestProducts />
      <Traffic />
      <Usage />
      <RecentCalls />
    </Flex>
  )
}
