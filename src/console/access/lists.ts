import type { Answer } from '../../client/outcome.ts'
import { useAsk } from '../shell/api-query.ts'

export interface User {
  readonly UserName: string
  /** Left out where everything is allowed. */
  readonly AllowedActions?: { readonly Action: readonly string[] }
  /** Milliseconds. */
  readonly GmtCreate: number
}

export interface ListedKey {
  readonly AccessKeyId: string
  /** Left out where it is the account's own. */
  readonly UserName?: string
  readonly Status: 'Active' | 'Inactive'
  /** Milliseconds. */
  readonly GmtCreate: number
}

export const usersIn = (answer: Answer | undefined): readonly User[] | undefined => answer?.Data.User

/** The RAM users of the account. */
export function useUsers() {
  const asked = useAsk('ListUsers')
  return { ...asked, users: usersIn(asked.data) }
}

/** The access keys of the account and its RAM users. */
export function useKeys() {
  const asked = useAsk('ListAccessKeys')
  return { ...asked, keys: asked.data?.Data.AccessKey as readonly ListedKey[] | undefined }
}
