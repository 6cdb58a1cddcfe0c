import type { TestContext } from 'node:test'
import { freshDatabase } from '../../support/postgres.ts'
import type { Place } from '../../support/process.ts'

/** The flags that name a store. */
export const places: Record<string, (t: TestContext) => Promise<string[]>> = {
  SQLite: async () => ['--data', 'data'],
  PostgreSQL: async (t) => ['--data', 'data', '--database', await freshDatabase(t)],
}

/** The digest that the program tells of a store or a backup. */
export const digestOf = async (here: Place, ...where: string[]) =>
  (await here.rows('digest', ...where)).find(({ table }) => table === 'all')!.digest
