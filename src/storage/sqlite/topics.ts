import * as rows from '../rows.ts'
import { Conflict, type TopicStore } from '../storage.ts'
import { sessionChanged } from './session-changes.ts'
import { subject } from './subject.ts'

export const topics = subject<TopicStore, 'find'>(
  ({ one }) => ({
    find: (product) =>
      rows.maybe(one('SELECT * FROM topic_classes WHERE product = ?', product), rows.topicClasses),
  }),
  (statements) => ({
    replace: (product, before, { list, nextNumber }) =>
      statements.transaction(() => {
        const { one, run } = statements
        const now = one('SELECT list FROM topic_classes WHERE product = ?', product)
        if (now?.list !== before?.list)
          throw new Conflict(`the topic classes of the product ${product} were changed meanwhile`)
        run(
          `INSERT INTO topic_classes (product, list, next_number) VALUES (?, ?, ?)
           ON CONFLICT (product) DO UPDATE SET list = excluded.list, next_number = excluded.next_number`,
          product,
          list,
          nextNumber,
        )
        sessionChanged(statements, product, 'topics', [])
      }),
  }),
)
