import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { Marked, type Token, type Tokens } from 'marked'
import type { Section } from '../src/console/docs/search.ts'

/** Pages for those who change the product; a reader of the console has no use for them. */
const left = /^(decisions\/|design\.md)/

const languages = {
  en: { ending: '.md', search: 'Search the documentation', contents: 'Contents', none: 'Nothing found' },
  'zh-CN': { ending: '.zh-CN.md', search: '搜索文档', contents: '目录', none: '没有结果' },
} as const
type Language = keyof typeof languages

interface Page {
  /** Below docs/, as guide/console.md. */
  readonly file: string
  readonly language: Language
  readonly title: string
  readonly tokens: Token[]
}

const languageOf = (file: string): Language => (file.endsWith('.zh-CN.md') ? 'zh-CN' : 'en')

const addressOf = (file: string) => file.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html')

/** The anchor of a heading, by GitHub's rule, so that a link holds in both places. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (mark) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[mark]};`)

/** Returns the text of a token without its markup. */
function plain(token: Token): string {
  if (token.type === 'space' || token.type === 'html') return ' '
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table
    return [header, ...rows]
      .flat()
      .map(({ tokens }) => tokens.map(plain).join(''))
      .join(' ')
  }
  if (token.type === 'list') return (token as Tokens.List).items.map(plain).join(' ')
  if ('tokens' in token && token.tokens) return token.tokens.map(plain).join('')
  return 'text' in token ? String(token.text) : ''
}

/** Cuts a page at its headings. */
function sectionsOf({ file, title, tokens }: Page): Section[] {
  const sections: { at: string; page: string; heading: string; text: string }[] = []
  for (const token of tokens) {
    if (token.type === 'heading') {
      const heading = plain(token)
      const anchor = sections.length === 0 ? '' : `#${anchorOf(heading)}`
      sections.push({ at: addressOf(file) + anchor, page: title, heading, text: '' })
    } else if (sections.length > 0) sections.at(-1)!.text += `${plain(token)} `
  }
  // A link to two headings of one name reaches the first.
  return [...new Map(sections.toReversed().map((section) => [section.at, section])).values()]
    .toReversed()
    .map((section) => ({ ...section, text: section.text.replace(/\s+/g, ' ').trim() }))
}

/**
 * Writes the documentation as pages that the console's server serves at /console/docs/, with an index for the search
 * in each language.
 *
 * @param docs the folder with the Markdown files
 * @param to the folder of the pages; it has their template, page.html, which is removed
 */
export function buildDocs(docs: string, to: string): void {
  const template = readFileSync(join(to, 'page.html'), 'utf8')
  rmSync(join(to, 'page.html'))
  const files = globSync('**/*.md', { cwd: docs })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !left.test(file))
    .sort()
  const pages = files.map((file): Page => {
    const tokens = new Marked().lexer(readFileSync(join(docs, file), 'utf8'))
    const first = tokens.find(({ type }) => type === 'heading')
    if (first === undefined) throw new Error(`docs/${file} has no heading: begin it with "# Title"`)
    return { file, language: languageOf(file), title: plain(first), tokens }
  })
  const byFile = new Map(pages.map((page) => [page.file, page]))
  for (const page of pages) {
    const words = languages[page.language]
    const place = join(to, addressOf(page.file))
    mkdirSync(dirname(place), { recursive: true })
    const filled = template
      .replace('lang="en"', `lang="${page.language}"`)
      .replace('TITLE', escaped(page.title))
      .replace('type="search"', `type="search" data-none="${words.none}"`)
      .replaceAll('SEARCH', words.search)
      .replace('CONTENTS', words.contents)
      .replace('NAVIGATION', () => navigation(page, byFile))
      .replace('ARTICLE', () => article(page, byFile))
    writeFileSync(place, filled)
  }
  for (const language of Object.keys(languages) as Language[]) {
    const sections = pages.filter((page) => page.language === language).flatMap(sectionsOf)
    writeFileSync(join(to, `search-${language}.json`), JSON.stringify(sections))
  }
  for (const picture of globSync('**/*.{png,svg}', { cwd: docs })) {
    mkdirSync(dirname(join(to, picture)), { recursive: true })
    copyFileSync(join(docs, picture), join(to, picture))
  }
}

const hrefOf = (file: string) => `/console/docs/${addressOf(file)}`

/** The pages that docs/README.md names, in its order, in the language of the page if they have it. */
function navigation(current: Page, byFile: ReadonlyMap<string, Page>): string {
  const named: string[] = []
  new Marked().walkTokens(byFile.get('README.md')!.tokens, (token) => {
    if (token.type === 'link' && byFile.has(token.href) && languageOf(token.href) === 'en')
      named.push(token.href)
  })
  const items = ['README.md', ...new Set(named)].map((file) => {
    const { file: shown, title } =
      byFile.get(file.replace(/\.md$/, languages[current.language].ending)) ?? byFile.get(file)!
    const here = shown === current.file ? ' aria-current="page"' : ''
    return `<li><a href="${hrefOf(shown)}"${here}>${escaped(title)}</a></li>`
  })
  return `<ul>${items.join('')}</ul>`
}

/** The page as HTML. Links to other pages become theirs; what has no page here is text. */
function article(page: Page, byFile: ReadonlyMap<string, Page>): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const text = tokens.map(plain).join('')
        return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        if (/^(https?:|#)/.test(href)) return `<a href="${escaped(href)}">${text}</a>`
        const [path, anchor] = href.split('#')
        const file = posix.join(posix.dirname(page.file), path!)
        if (!byFile.has(file)) return text
        return `<a href="${hrefOf(file)}${anchor === undefined ? '' : `#${anchor}`}">${text}</a>`
      },
    },
  })
  return marked
    .parser(page.tokens)
    .replaceAll('<table>', '<div class="wide" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
}
