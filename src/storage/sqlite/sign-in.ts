import { setTimeout as delay } from 'node:timers/promises'
import { coalesce } from '../../lib/coalesce.ts'
import * as rows from '../rows.ts'
import type { FoundSignIn, SignInCandidates, SignInProduct, SignInStore } from '../storage.ts'
import type { Statements } from './statements.ts'

/**
 * How many sign-ins one snapshot serves, 1 ms together, and how long it waits for further ones: 4 ms. While other
 * processes write, the first read of a snapshot costs as much as ten more.
 */
const group = { max: 256, atOnce: 1, rest: () => delay(4) }

/** The columns of a product that a sign-in needs. */
const product = `SELECT p.id, p.product_key, p.auth_type, i.account FROM product p
  JOIN instance i ON i.id = p.instance`

interface Asked {
  readonly name: string
  readonly candidates: SignInCandidates
  readonly max: number
}

/** Looks up the sign-ins of the same moment in one snapshot. */
export function signInStore(statements: Statements): SignInStore {
  const lookUp = coalesce<Asked, readonly FoundSignIn[] | undefined>(
    async (asked) => statements.snapshot(() => asked.map(signInsOf(statements))),
    group,
  )
  return { devicesNamed: (name, candidates, max) => lookUp({ name, candidates, max }) }
}

/** Looks devices up by name for their sign-ins. It reads each product once, so one snapshot holds all of its calls. */
function signInsOf({ one, all }: Statements) {
  const known = new Map<string, readonly SignInProduct[]>()
  function productsOf(candidates: SignInCandidates, max: number): readonly SignInProduct[] {
    const key = candidates === 'one-party' ? candidates : candidates.productKeys.join()
    let found = known.get(key)
    if (found === undefined) {
      const read =
        candidates === 'one-party'
          ? all(`${product} WHERE p.auth_type = 'one-party' LIMIT ?`, max + 1)
          : candidates.productKeys.flatMap((one) => all(`${product} WHERE p.product_key = ?`, one))
      found = read.map(rows.signInProduct)
      known.set(key, found)
    }
    return found
  }
  const sql = 'SELECT product, number, name, batch, disabled FROM device WHERE product = ? AND name = ?'
  return ({ name, candidates, max }: Asked): FoundSignIn[] | undefined => {
    const products = productsOf(candidates, max)
    if (candidates === 'one-party' && products.length > max) return undefined
    return products.flatMap((product) => {
      const device = one(sql, product.id, name)
      return device === undefined ? [] : [{ product, device: rows.signInDevice(device) }]
    })
  }
}
