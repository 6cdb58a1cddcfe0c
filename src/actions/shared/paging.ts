import { type Bilingual, int, optional, text } from '../../api/shape.ts'

const failure = 'iot.common.InvalidPageParams' as const
const pageNumberDoc = { en: 'The page number, from 1.', zh: '页码，从 1 开始。' }
const pageSizeDoc = ({ en, zh }: Bilingual) => ({ en: `${en} per page.`, zh: `每页${zh}数。` })

/** The parameters CurrentPage and PageSize of an operation that has defaults for them. */
export const paging = (entries: Bilingual, max: number) => ({
  CurrentPage: optional(int({ min: 1, default: 1, failure }, pageNumberDoc)),
  PageSize: optional(int({ min: 1, max, default: 10, failure }, pageSizeDoc(entries))),
})

/** The same parameters of an operation that requires them. */
export const requiredPaging = (entries: Bilingual, max: number) => ({
  CurrentPage: int({ min: 1, failure }, pageNumberDoc),
  PageSize: int({ min: 1, max, failure }, pageSizeDoc(entries)),
})

interface Page {
  readonly CurrentPage: number
  readonly PageSize: number
  readonly offset: number
}

/** The page that a call asks for. */
export const pageOf = ({ CurrentPage, PageSize }: Omit<Page, 'offset'>): Page => ({
  CurrentPage,
  PageSize,
  offset: (CurrentPage - 1) * PageSize,
})

/** Entries on a page where lists are walked by NextToken. */
const maxResults = { most: 100, otherwise: 50 }

/** The parameters MaxResults and NextToken. */
export const pagingByToken = (entries: Bilingual) => ({
  MaxResults: optional(
    int({ min: 1, max: maxResults.most, default: maxResults.otherwise }, pageSizeDoc(entries)),
  ),
  NextToken: optional(
    text({ en: 'The NextToken of the previous page.', zh: '上一页返回的 NextToken，返回其后一页。' }),
  ),
})
export const nextToken = optional(text('Of the page after this one; left out on the last.'))
