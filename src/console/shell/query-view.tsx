import type { UseQueryResult } from '@tanstack/react-query'
import { Flex, Spin } from 'antd'
import type { ReactNode } from 'react'
import type { Answer } from '../../client/outcome.ts'
import { heldAnswer } from './api-query.ts'
import { Problem } from './problem.tsx'

/** Shows what an answer holds, below what went wrong since. */
export function Held({
  asked,
  children,
}: {
  readonly asked: UseQueryResult<Answer, Error>
  readonly children: (answer: Answer) => ReactNode
}) {
  const answer = heldAnswer(asked)
  if (answer === undefined && asked.error === null) return <Spin size="small" />
  return (
    <Flex vertical gap={8}>
      {asked.error && <Problem error={asked.error} retry={asked.refetch} />}
      {answer !== undefined && children(answer)}
    </Flex>
  )
}
