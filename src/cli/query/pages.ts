import type { Client } from '../../client/client.ts'
import type { AnswerOf } from '../../client/outcome.ts'

/**
 * Yields the pages of an operation until one is not full.
 * @param read reads a page's rows and the total; passes a NextToken on if there is one, since some endpoints
 * return no counted pages beyond some thousands of rows
 */
export async function* pagesOf<Name extends 'QueryDevice' | 'QueryProductList', Row>(
  client: Client,
  action: Name,
  parameters: Readonly<Record<string, string>>,
  pageSize: number,
  read: (answer: AnswerOf<Name>) => readonly [rows: readonly Row[], total: number],
): AsyncGenerator<readonly Row[]> {
  let given = 0
  let token: string | undefined
  for (let page = 1; ; page++) {
    const answer = await client.call(action, {
      ...parameters,
      PageSize: String(pageSize),
      ...(token === undefined ? { CurrentPage: String(page) } : { NextToken: token }),
    })
    const [rows, total] = read(answer)
    if (rows.length > 0) yield rows
    given += rows.length
    token = ('NextToken' in answer && answer.NextToken) || undefined
    if (rows.length < pageSize || (token === undefined && given >= total)) return
  }
}
