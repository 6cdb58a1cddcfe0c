import { connectionEventWrites } from './connection-events.ts'
import type { Statements } from './statements.ts'
import { accessWrites } from './writes/access.ts'
import { batchWrites } from './writes/batches.ts'
import { dataKeyWrites } from './writes/data-keys.ts'
import { deviceWrites } from './writes/devices.ts'
import { groupWrites } from './writes/groups.ts'
import { productWrites } from './writes/products.ts'
import { sessionWrites } from './writes/sessions.ts'
import { topicWrites } from './writes/topics.ts'

/** Every write of the roll, each one transaction. They take and give plain data, so they can run on a thread. */
export type Writes = ReturnType<typeof writesOn>

export const writesOn = (statements: Statements) => ({
  ...accessWrites(statements),
  ...dataKeyWrites(statements),
  ...productWrites(statements),
  ...batchWrites(statements),
  ...deviceWrites(statements),
  ...groupWrites(statements),
  ...sessionWrites(statements),
  ...topicWrites(statements),
  ...connectionEventWrites(statements),
})
