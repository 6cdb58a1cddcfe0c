import type { Texts } from './language.tsx'
import type { PageName } from './pages.tsx'

/** The chapter of the documentation about each page, below /console/docs/. */
export const help: Texts<Readonly<Record<PageName, string>>> = {
  en: {
    overview: 'index.html',
    products: 'guide/console.html#other-pages',
    groups: 'guide/console.html#other-pages',
    import: 'guide/spreadsheet.html',
    explorer: 'guide/console.html#api-explorer',
    batches: 'guide/console.html#other-pages',
    access: 'guide/accounts.html',
  },
  zh: {
    overview: 'index.html',
    products: 'guide/console.zh-CN.html#其他页面',
    groups: 'guide/console.zh-CN.html#其他页面',
    import: 'guide/spreadsheet.zh-CN.html',
    explorer: 'guide/console.zh-CN.html#api-调试',
    batches: 'guide/console.zh-CN.html#其他页面',
    access: 'guide/accounts.html',
  },
}
