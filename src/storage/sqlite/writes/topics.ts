import { Conflict, type TopicClassesRow } from '../../storage.ts'
import type { Statements } from '../statements.ts'
import { sessionChanged } from './session-changes.ts'

export function topicWrites(statements: Statements) {
  const { one, run, transaction } = statements
  return {
    replaceTopicClasses: (
      product: number,
      before: TopicClassesRow | undefined,
      { list, nextNumber }: TopicClassesRow,
      at: number,
    ): void =>
      transaction(() => {
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
        sessionChanged(statements, product, 'topics', [], at)
      }),
  }
}
