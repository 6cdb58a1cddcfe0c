import { Flex, Spin } from 'antd'

/** A spinner in the middle of the place where an answer will stand. */
export function Loading({ height = 120 }: { /** Pixels. */ readonly height?: number }) {
  return (
    <Flex align="center" justify="center" style={{ minHeight: height }}>
      <Spin />
    </Flex>
  )
}
