import { operations } from '../shell/connection.ts'
import { isOfAccountsOnly } from '../shell/session.tsx'

/** The operations that a RAM user may be permitted to call. */
export const grantable: readonly string[] = operations
  .map(({ name }) => name)
  .filter((name) => !isOfAccountsOnly(name))

/** The operations whose answers contain secrets. */
export const revealing: readonly string[] = operations
  .filter(({ answer }) => answer.some(({ name }) => /Secret$/.test(name)))
  .map(({ name }) => name)
