import { int } from '../../api/shape.ts'

/** The members of an answer that say where in a list it is, by the names that most lists of devices have for them. */
export const pages = {
  Page: int({}, { en: 'The page number, from 1.', zh: '页码，从 1 开始。' }),
  PageSize: int(),
  PageCount: int({}, 'How many pages there are.'),
  Total: int({}, 'How many entries all pages have together.'),
}

interface Page {
  readonly CurrentPage: number
  readonly PageSize: number
}

export const pagesOf = ({ CurrentPage, PageSize }: Page, total: number) => ({
  Page: CurrentPage,
  PageSize,
  PageCount: Math.ceil(total / PageSize),
  Total: total,
})
