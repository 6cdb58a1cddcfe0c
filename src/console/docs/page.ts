import './page.css'
import { excerpt, type Section, searchThrough } from './search.ts'

const resultsMax = 12

const field = document.querySelector<HTMLInputElement>('input[type=search]')!
const output = document.querySelector('output')!

let loading: Promise<ReturnType<typeof searchThrough>> | undefined

/** Loads the sections of the page's language when a reader first searches. */
const loadSearch = () => {
  loading ??= fetch(`/console/docs/search-${document.documentElement.lang}.json`)
    .then(async (response) => searchThrough((await response.json()) as Section[]))
    .catch((error: unknown) => {
      loading = undefined
      throw error
    })
  return loading
}

async function show() {
  const sought = field.value
  const search = await loadSearch()
  if (field.value !== sought) return
  const found = sought.trim() === '' ? [] : search(sought).slice(0, resultsMax)
  output.hidden = sought.trim() === ''
  output.replaceChildren(...found.map((section) => result(section, sought)))
  if (found.length === 0) output.textContent = field.dataset.none ?? ''
}

function result(section: Section, sought: string): HTMLElement {
  const link = document.createElement('a')
  link.href = `/console/docs/${section.at}`
  const title = document.createElement('strong')
  title.textContent = section.heading === section.page ? section.page : `${section.page} › ${section.heading}`
  link.append(title, excerpt(section, sought))
  return link
}

field.addEventListener('input', () => void show())
field.form!.addEventListener('submit', (event) => {
  event.preventDefault()
  output.querySelector('a')?.click()
})
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') output.hidden = true
  const isTyping = document.activeElement === field
  if (isTyping || !(event.key === '/' || (event.key === 'k' && (event.ctrlKey || event.metaKey)))) return
  event.preventDefault()
  field.focus()
})
// A result on this page only moves to its heading.
output.addEventListener('click', () => {
  output.hidden = true
})
