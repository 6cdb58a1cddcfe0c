import { coalesce } from '../../lib/coalesce.ts'
import * as rows from '../rows.ts'
import type { FoundSignIn, SignInStore } from '../storage.ts'
import type { Connections } from './connections.ts'

/** Products by key or one-party ones, each with the account of its instance. */
const products = `SELECT p.id, p.product_key, p.auth_type, i.account FROM product p JOIN instance i ON i.id = p.instance`

/** Sign-ins that one round trip takes, and round trips under way at once. */
const group = { max: 256, atOnce: 1 }

/** A device name in a product. */
interface Asked {
  readonly name: string
  readonly productKey: string
}

export function signInStore({ all }: Connections): SignInStore {
  const found = `SELECT w.place, p.*, d.product, d.number, d.name, d.batch, d.disabled`

  const ofProducts = coalesce(async (asked: readonly Asked[]): Promise<(FoundSignIn | undefined)[]> => {
    const answered = await all(
      `${found} FROM unnest($1::text[], $2::text[]) WITH ORDINALITY w (product_key, name, place)
         JOIN (${products}) p ON p.product_key = w.product_key
         JOIN device d ON d.product = p.id AND d.name = w.name`,
      asked.map(({ productKey }) => productKey),
      asked.map(({ name }) => name),
    )
    const byPlace = new Map(answered.map((row) => [row.place, rows.foundSignIn(row)]))
    return asked.map((_, i) => byPlace.get(i + 1))
  }, group)

  const ofAny = coalesce(
    async (asked: readonly { name: string; max: number }[]): Promise<(FoundSignIn[] | undefined)[]> => {
      const max = Math.max(...asked.map(({ max }) => max))
      // One row at least for each candidate, so that their number is known.
      const answered = await all(
        `${found}, p.id AS candidate FROM unnest($1::text[]) WITH ORDINALITY w (name, place)
           CROSS JOIN (${products} WHERE p.auth_type = 'one-party' ORDER BY p.id LIMIT $2) p
           LEFT JOIN device d ON d.product = p.id AND d.name = w.name`,
        asked.map(({ name }) => name),
        max + 1,
      )
      const candidates = new Set(answered.map(({ candidate }) => candidate)).size
      const byPlace = Map.groupBy(
        answered.filter(({ number }) => number !== null),
        ({ place }) => place as number,
      )
      return asked.map(({ max }, i) =>
        candidates > max ? undefined : (byPlace.get(i + 1) ?? []).map(rows.foundSignIn),
      )
    },
    group,
  )

  return {
    devicesNamed: async (name, candidates, max) =>
      candidates === 'one-party'
        ? ofAny({ name, max })
        : (
            await Promise.all(candidates.productKeys.map((productKey) => ofProducts({ name, productKey })))
          ).filter((found) => found !== undefined),
  }
}
