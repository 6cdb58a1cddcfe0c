import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { type AnswerOf, Refused, Unreachable } from '../../client/outcome.ts'
import { nextPoll } from './backoff.ts'
import { type Parameters, sendable } from './parameters.ts'
import { useSession } from './session.tsx'

export interface ApiQueryOptions {
  /** False to skip the query. */
  readonly enabled?: boolean
  /** Repeats the query at this interval in milliseconds while the page is visible; after errors in longer ones. */
  readonly everyMs?: number
  /** Keeps displaying the previous parameters' answer until the new one arrives. */
  readonly keepPrevious?: boolean
}

/** Queries a read-only operation, cached by operation and parameters. */
export function useApiQuery<const Name extends string>(
  action: Name,
  parameters: Parameters = {},
  { enabled = true, everyMs, keepPrevious = false }: ApiQueryOptions = {},
): UseQueryResult<AnswerOf<Name>, Error> {
  const { client, accessKey } = useSession()
  const sent = sendable(parameters)
  const query = useQuery<unknown>({
    queryKey: [action, accessKey.id, sent],
    queryFn: () => client.call(action, sent),
    enabled,
    ...(everyMs !== undefined && { refetchInterval: ({ state }) => nextPoll(everyMs, state) }),
    ...(keepPrevious && {
      // Another operation's answer has a different shape.
      placeholderData: (previous: unknown, query?: { readonly queryKey: readonly unknown[] }) =>
        query?.queryKey[0] === action ? previous : undefined,
    }),
  })
  // The type parameters of useQuery reject an answer type that is not known yet.
  return query as UseQueryResult<AnswerOf<Name>, Error>
}

/**
 * Returns the last valid answer: a temporary error (no network, quota used up, server restarting) does not
 * invalidate it, so dialogs stay open.
 */
export function lastAnswer<Answer>({ data, error }: UseQueryResult<Answer, Error>): Answer | undefined {
  const holds =
    error === null ||
    error instanceof Unreachable ||
    (error instanceof Refused && (error.isThrottling || error.isOutcomeUnknown))
  return holds ? data : undefined
}

/**
 * Calls an operation that makes changes, then invalidates the queries of the given operations. Identical calls
 * in progress are merged, because a quick double click happens before the button is disabled.
 * @param stale operations whose answers the call changes
 */
export function useApiMutation<const Name extends string>(
  action: Name,
  stale: readonly string[],
): UseMutationResult<AnswerOf<Name>, Error, Parameters> {
  const { client } = useSession()
  const queries = useQueryClient()
  const underWay = useRef(new Map<string, Promise<AnswerOf<Name>>>())
  return useMutation({
    mutationFn: (parameters: Parameters) => {
      const sent = sendable(parameters)
      const same = JSON.stringify(sent)
      const going =
        underWay.current.get(same) ?? client.call(action, sent).finally(() => underWay.current.delete(same))
      underWay.current.set(same, going)
      return going
    },
    // Also after a failure, which may have been partial.
    onSettled: () => Promise.all(stale.map((query) => queries.invalidateQueries({ queryKey: [query] }))),
  })
}
