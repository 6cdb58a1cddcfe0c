import type { AnswerOf } from '../../client/outcome.ts'
import { useApiQuery } from '../shell/api-query.ts'

export type User = AnswerOf<'ListUsers'>['Data']['User'][number]

export type ListedKey = AnswerOf<'ListAccessKeys'>['Data']['AccessKey'][number]

export const usersIn = (answer: AnswerOf<'ListUsers'> | undefined): readonly User[] | undefined =>
  answer?.Data.User

/** The RAM users of the account. */
export function useUsers() {
  const query = useApiQuery('ListUsers')
  return { ...query, users: usersIn(query.data) }
}

/** The access keys of the account and its RAM users. */
export function useKeys() {
  const query = useApiQuery('ListAccessKeys')
  return { ...query, keys: query.data?.Data.AccessKey }
}
