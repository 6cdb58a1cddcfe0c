import type { Call } from '../../api/action.ts'
import { int, optional, text } from '../../api/shape.ts'
import type { Registry } from '../../registry/registry.ts'

/** The parameters CurrentPage and PageSize where they may be left out. */
export const paging = (entries: string, pageSizeMax: number) => ({
  CurrentPage: optional(int({}, 'The page, counted from 1, which is the default.', { min: 1, default: 1 })),
  PageSize: optional(
    int({}, `${entries} on a page, ${pageSizeMax} at the most; 10 by default.`, {
      min: 1,
      max: pageSizeMax,
      default: 10,
    }),
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
export const pageSize = (entries: string) => ({
  parameters: {
    MaxResults: optional(
      int({ min: 1, max: maxResults.most }, `${entries} on a page; ${maxResults.otherwise} by default.`, {
        default: maxResults.otherwise,
      }),
    ),
    NextToken: optional(text('The NextToken of the page before: the page after that is answered.')),
  },
  of: (asked: number | undefined) => asked ?? maxResults.otherwise,
})
export const nextToken = optional(text('Of the page after this one; left out on the last.'))
