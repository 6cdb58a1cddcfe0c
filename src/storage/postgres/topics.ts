import * as rows from '../rows.ts'
import { Conflict, type TopicStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { sessionChanged } from './session-changes.ts'

export const topicStore = ({ one, transaction }: Connections): TopicStore => ({
  find: async (product) =>
    rows.maybe(await one('SELECT * FROM topic_classes WHERE product = $1', product), rows.topicClasses),
  replace: (product, before, { list, nextNumber }) =>
    transaction(async (session) => {
      const replaced = await session.one(
        `INSERT INTO topic_classes AS t (product, list, next_number) VALUES ($1, $2, $3)
         ON CONFLICT (product) DO UPDATE SET list = excluded.list, next_number = excluded.next_number
           WHERE t.list = $4 RETURNING product`,
        product,
        list,
        nextNumber,
        before?.list ?? null,
      )
      if (replaced === undefined)
        throw new Conflict(`the topic classes of the product ${product} were changed meanwhile`)
      await sessionChanged(session, product, 'topics', [])
    }),
})
