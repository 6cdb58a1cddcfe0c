import { setTimeout as delay } from 'node:timers/promises'
import { coalesce } from '../../lib/coalesce.ts'
import type { FoundSignIn, SignInCandidates, SignInStore } from '../storage.ts'
import type { readsOn } from './reads.ts'
import type { Statements } from './statements.ts'

/**
 * Sign-ins that one snapshot serves, which take 1 ms together, and how long the next ones are gathered: 4 ms. While
 * others write, the first read of a snapshot costs as much as ten further ones.
 */
const group = { max: 256, atOnce: 1, rest: () => delay(4) }

interface Asked {
  readonly name: string
  readonly candidates: SignInCandidates
  readonly max: number
}

/** Looks up the sign-ins of the same moment in one snapshot. */
export function sqliteSignIn(
  reads: ReturnType<typeof readsOn>,
  { snapshot }: Pick<Statements, 'snapshot'>,
): SignInStore {
  const lookUp = coalesce<Asked, readonly FoundSignIn[] | undefined>(
    async (asked) =>
      snapshot(() => {
        const lookUpNow = reads.signIns()
        return asked.map(({ name, candidates, max }) => lookUpNow(name, candidates, max))
      }),
    group,
  )
  return { devicesNamed: (name, candidates, max) => lookUp({ name, candidates, max }) }
}
