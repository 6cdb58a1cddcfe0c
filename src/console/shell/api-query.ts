import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { type Answer, Refused, Unreachable } from '../../client/outcome.ts'
import { useSession } from './session.tsx'

/** Parameters as a page has them; what is undefined or empty is not sent. Lists are flattened (`Name.1`, `Name.2`). */
export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** Parameters as they are sent. */
export function sendable(parameters: Parameters): Record<string, string> {
  const entries = Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || value === '') return []
    if (Array.isArray(value)) return value.map((item, i) => [`${name}.${i + 1}`, item])
    return [[name, String(value)]]
  })
  return Object.fromEntries(entries)
}

export interface ApiQueryOptions {
  /** False asks nothing, for the moment. */
  readonly enabled?: boolean
  /** Asks again after so many milliseconds, as long as the page is seen. */
  readonly everyMs?: number
  /** Shows what was answered to other parameters until the answer to these is there. */
  readonly keepPrevious?: boolean
}

/** The answer of an operation that only asks, remembered under its name and parameters. */
export function useApiQuery(
  action: string,
  parameters: Parameters = {},
  { enabled = true, everyMs, keepPrevious = false }: ApiQueryOptions = {},
): UseQueryResult<Answer, Error> {
  const { client, accessKey } = useSession()
  const sent = sendable(parameters)
  return useQuery({
    queryKey: [action, accessKey.id, sent],
    queryFn: () => client.call(action, sent),
    enabled,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
    ...(keepPrevious && {
      // Another operation's answer has another shape.
      placeholderData: (previous, query) => (query?.queryKey[0] === action ? previous : undefined),
    }),
  })
}

/**
 * The answer that still holds: an error that will pass (no network, no quota left, a server that starts again) says
 * nothing against the last one. What somebody does with it, in a dialog say, goes on.
 */
export function lastAnswer({ data, error }: UseQueryResult<Answer, Error>): Answer | undefined {
  const holds =
    error === null ||
    error instanceof Unreachable ||
    (error instanceof Refused && (error.isThrottling || error.isOutcomeUnknown))
  return holds ? data : undefined
}

/**
 * Calls an operation that changes something; what was asked of the operations named is asked again then. The same call,
 * while it is under way, is one call: a button knows of a first click only after a second one that was quick.
 * @param stale operations whose answers it changes
 */
export function useApiMutation(
  action: string,
  stale: readonly string[],
): UseMutationResult<Answer, Error, Parameters> {
  const { client } = useSession()
  const queries = useQueryClient()
  const underWay = useRef(new Map<string, Promise<Answer>>())
  return useMutation({
    mutationFn: (parameters: Parameters) => {
      const sent = sendable(parameters)
      const same = JSON.stringify(sent)
      const going =
        underWay.current.get(same) ?? client.call(action, sent).finally(() => underWay.current.delete(same))
      underWay.current.set(same, going)
      return going
    },
    // Also after a failure: nobody knows how much of it was done.
    onSettled: () => Promise.all(stale.map((query) => queries.invalidateQueries({ queryKey: [query] }))),
  })
}
