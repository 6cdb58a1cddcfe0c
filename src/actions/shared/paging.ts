import type { Call } from '../../api/action.ts'
import { int, optional } from '../../api/shape.ts'
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
