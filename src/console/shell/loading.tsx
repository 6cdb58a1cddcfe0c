import { Flex, Spin } from 'antd'

/** A spinner in place of an answer. */
export function Loading({ height = 120 }: { /** Pixels. */ readonly height?: number }) {
  return (
    <Flex align="center" justify="center" style={{ minHeight: height }}>
      <Spin />
    </Flex>
  )
}
