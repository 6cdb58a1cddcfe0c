import type { Call } from '../../api/action.ts'
import { type Bilingual, int, optional, text } from '../../api/shape.ts'
import type { Registry } from '../../registry/registry.ts'

/** The parameters CurrentPage and PageSize where they may be left out. */
export const paging = (entries: Bilingual, pageSizeMax: number) => ({
  CurrentPage: optional(
    int({}, { en: 'The page number, from 1.', zh: '页码，从 1 开始。' }, { min: 1, default: 1 }),
  ),
  PageSize: optional(
    int(
      {},
      { en: `${entries.en} per page.`, zh: `每页${entries.zh}数。` },
      {
        min: 1,
        max: pageSizeMax,
        default: 10,
      },
    ),
  ),
})

interface Page {
  readonly CurrentPage: number
  readonly PageSize: number
  readonly offset: number
}

/** The page that a call asks for, or iot.common.InvalidPageParams. */
export function pageOf(
  call: Call<'iot.common.InvalidPageParams', Registry>,
  { CurrentPage = 1, PageSize = 10 }: { readonly [Name in 'CurrentPage' | 'PageSize']?: number | undefined },
  pageSizeMax: number,
): Page {
  if (CurrentPage < 1 || PageSize < 1 || PageSize > pageSizeMax) {
    const asked = `CurrentPage is ${CurrentPage}, PageSize ${PageSize}.`
    const right = `CurrentPage counts from 1, PageSize goes from 1 to ${pageSizeMax}.`
    call.fail('iot.common.InvalidPageParams', `${asked} ${right}`)
  }
  return { CurrentPage, PageSize, offset: (CurrentPage - 1) * PageSize }
}

/** Entries on a page where lists are walked by NextToken. */
const maxResults = { most: 100, otherwise: 50 }

/** The parameters MaxResults and NextToken, and how many entries a call asks for. */
export const pageSize = (entries: Bilingual) => ({
  parameters: {
    MaxResults: optional(
      int(
        { min: 1, max: maxResults.most },
        { en: `${entries.en} per page.`, zh: `每页${entries.zh}数。` },
        {
          default: maxResults.otherwise,
        },
      ),
    ),
    NextToken: optional(
      text({ en: 'The NextToken of the previous page.', zh: '上一页返回的 NextToken，返回其后一页。' }),
    ),
  },
  of: (asked: number | undefined) => asked ?? maxResults.otherwise,
})
export const nextToken = optional(text('Of the page after this one; left out on the last.'))
