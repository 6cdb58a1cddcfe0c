import type { Answer } from '../../client/outcome.ts'
import { useApiQuery } from '../shell/api-query.ts'

export interface User {
  readonly UserName: string
  /** Omitted if everything is permitted. */
  readonly AllowedActions?: { readonly Action: readonly string[] }
  /** Milliseconds. */
  readonly GmtCreate: number
}

export interface ListedKey {
  readonly AccessKeyId: string
  /** Omitted for the account's own key. */
  readonly UserName?: string
  readonly Status: 'Active' | 'Inactive'
  /** Milliseconds. */
  readonly GmtCreate: number
}

export const usersIn = (answer: Answer | undefined): readonly User[] | undefined => answer?.Data.User

/** The RAM users of the account. */
export function useUsers() {
  const query = useApiQuery('ListUsers')
  return { ...query, users: usersIn(query.data) }
}

/** The access keys of the account and its RAM users. */
export function useKeys() {
  const query = useApiQuery('ListAccessKeys')
  return { ...query, keys: query.data?.Data.AccessKey as readonly ListedKey[] | undefined }
}
