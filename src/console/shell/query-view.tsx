import type { UseQueryResult } from '@tanstack/react-query'
import { Flex, Spin } from 'antd'
import type { ReactNode } from 'react'
import { lastAnswer } from './api-query.ts'
import { Problem } from './problem.tsx'

/** Shows the last answer, with a later error above it. */
export function QueryView<Answer>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Answer, Error>
  readonly children: (answer: Answer) => ReactNode
}) {
  const answer = lastAnswer(query)
  if (answer === undefined && query.error === null) return <Spin size="small" />
  return (
    <Flex vertical gap={8}>
      {query.error && <Problem error={query.error} retry={query.refetch} />}
      {answer !== undefined && children(answer)}
    </Flex>
  )
}
