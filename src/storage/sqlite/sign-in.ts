import { setTimeout as delay } from 'node:timers/promises'
import { coalesce } from '../../lib/coalesce.ts'
import * as rows from '../rows.ts'
import type { FoundSignIn, SignInCandidates, SignInStore } from '../storage.ts'
import type { Statements } from './statements.ts'

/**
 * How many sign-ins one snapshot serves, 1 ms together, and how long it waits for further ones: 4 ms. While other
 * processes write, the first read of a snapshot costs as much as ten more.
 */
const group = { max: 256, atOnce: 1, rest: () => delay(4) }

/** What a sign-in needs of a device's row and its product's. */
const found = `SELECT p.product_key, p.auth_type, i.account, d.product, d.number, d.name, d.batch, d.disabled
  FROM product p JOIN instance i ON i.id = p.instance JOIN device d ON d.product = p.id`

interface Asked {
  readonly name: string
  readonly candidates: SignInCandidates
  readonly max: number
}

/** Looks up the sign-ins of the same moment in one snapshot. */
export function signInStore({ one, all, snapshot }: Statements): SignInStore {
  function devicesNamed({ name, candidates, max }: Asked): readonly FoundSignIn[] | undefined {
    if (candidates !== 'one-party') {
      const sql = `${found} WHERE p.product_key = ? AND d.name = ?`
      return candidates.productKeys.flatMap((key) => all(sql, key, name)).map(rows.foundSignIn)
    }
    const { count } = one(
      `SELECT count(*) AS count FROM (SELECT 1 FROM product WHERE auth_type = 'one-party' LIMIT ?)`,
      max + 1,
    )!
    if (count > max) return undefined
    return all(`${found} WHERE p.auth_type = 'one-party' AND d.name = ?`, name).map(rows.foundSignIn)
  }

  const lookUp = coalesce<Asked, readonly FoundSignIn[] | undefined>(
    async (asked) => snapshot(() => asked.map(devicesNamed)),
    group,
  )
  return { devicesNamed: (name, candidates, max) => lookUp({ name, candidates, max }) }
}
