/** One change of a value. Lengths and places count characters (code points). */
export type Step =
  | { readonly op: 'trim' | 'lower' | 'upper' }
  | { readonly op: 'replace'; readonly from: string; readonly to: string }
  | { readonly op: 'prefix' | 'suffix'; readonly text: string }
  /** Keeps `length` characters from `start` (1 is the first, -8 the eighth from the end); without `length` all of them. */
  | { readonly op: 'cut'; readonly start: number; readonly length: number | undefined }

/** A text of its own, or the cell of a column. */
export type Part = string | { readonly column: string }

/** How a value is made of a row: parts put together, then changed step by step. */
export interface Recipe {
  readonly parts: readonly Part[]
  readonly steps: readonly Step[]
}

/** A recipe that can't be read. `word` is what is wrong in it. */
export class InvalidRecipe extends Error {
  readonly word: string

  constructor(word: string, message: string) {
    super(message)
    this.word = word
  }
}

/** Describes what each step takes, for help and errors. */
export const stepUsage = {
  trim: 'trim',
  lower: 'lower',
  upper: 'upper',
  replace: 'replace FROM TO',
  prefix: 'prefix TEXT',
  suffix: 'suffix TEXT',
  cut: 'cut START [LENGTH]',
} as const satisfies { readonly [O in Step['op']]: string }

/**
 * Reads a recipe: `COLUMN | STEP | STEP`, or `text {COLUMN} text {COLUMN} | STEP` to join columns and texts. A word
 * with a space or a bar stands between double quotes; within them `\"` and `\\` are a quote and a backslash.
 * @throws InvalidRecipe
 */
export function parseRecipe(text: string): Recipe {
  const [source = '', ...steps] = sections(text)
  return { parts: partsOf(source.trim()), steps: steps.map(stepOf) }
}

/** The same recipe as text, such that `parseRecipe` reads it again. */
export function writeRecipe({ parts, steps }: Recipe): string {
  const [only] = parts
  const source =
    parts.length === 1 && typeof only === 'object' && !/[{}|"]/.test(only.column)
      ? only.column
      : parts.map((part) => (typeof part === 'string' ? part : `{${part.column}}`)).join('')
  return [source, ...steps.map(writeStep)].join(' | ').trimStart()
}

function writeStep(step: Step): string {
  switch (step.op) {
    case 'replace':
      return `replace ${word(step.from)} ${word(step.to)}`
    case 'prefix':
    case 'suffix':
      return `${step.op} ${word(step.text)}`
    case 'cut':
      return step.length === undefined ? `cut ${step.start}` : `cut ${step.start} ${step.length}`
    default:
      return step.op
  }
}

const word = (text: string) =>
  text === '' || /[\s|"\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : text

/** The columns that a recipe takes from a row. */
export const columnsIn = ({ parts }: Recipe): string[] =>
  parts.flatMap((part) => (typeof part === 'string' ? [] : [part.column]))

/** Makes the value; undefined if a column that it takes is empty in the row. */
export function valueBy(
  { parts, steps }: Recipe,
  cell: (column: string) => string | undefined,
): string | undefined {
  let text = ''
  for (const part of parts) {
    const value = typeof part === 'string' ? part : cell(part.column)
    if (value === undefined || value === '') return undefined
    text += value
  }
  return steps.reduce(changed, text)
}

/** Applies a step. */
export function changed(text: string, step: Step): string {
  switch (step.op) {
    case 'trim':
      return text.trim()
    case 'lower':
      return text.toLowerCase()
    case 'upper':
      return text.toUpperCase()
    case 'replace':
      return text.replaceAll(step.from, step.to)
    case 'prefix':
      return step.text + text
    case 'suffix':
      return text + step.text
    case 'cut': {
      const characters = [...text]
      const from = step.start < 0 ? Math.max(0, characters.length + step.start) : step.start - 1
      return characters.slice(from, step.length === undefined ? undefined : from + step.length).join('')
    }
  }
}

/** The sections of a recipe between bars that stand outside of quotes and braces. */
function sections(text: string): string[] {
  const found = ['']
  let isQuoted = false
  let isColumn = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    // Only words of steps are quoted: a column's name may have a quote in it.
    if (found.length > 1 && character === '"') isQuoted = !isQuoted
    if (found.length === 1 && !isColumn && character === '{') isColumn = true
    else if (isColumn && character === '}') isColumn = false
    if (character === '|' && !isQuoted && !isColumn) found.push('')
    else {
      found[found.length - 1] += character
      if (isQuoted && character === '\\') found[found.length - 1] += text[++at] ?? ''
    }
  }
  if (isQuoted) throw new InvalidRecipe(found.at(-1)!.trim(), 'a quote is not closed')
  if (isColumn) throw new InvalidRecipe(found[0]!.trim(), 'a brace is not closed')
  return found
}

function partsOf(source: string): Part[] {
  if (!source.includes('{')) return source === '' ? [] : [{ column: source }]
  return [...source.matchAll(/\{([^}]*)\}|[^{]+/g)].map(([all, column]) =>
    column === undefined ? all : { column },
  )
}

function stepOf(section: string): Step {
  const [op = '', ...words] = wordsOf(section)
  const wrong = () => {
    const usage = stepUsage[op as Step['op']]
    return usage === undefined
      ? new InvalidRecipe(op, `the steps are ${Object.values(stepUsage).join(', ')}`)
      : new InvalidRecipe(section.trim(), `write it as ${usage}`)
  }
  const [first, second] = words
  switch (op) {
    case 'trim':
    case 'lower':
    case 'upper':
      if (words.length === 0) return { op }
      break
    case 'replace':
      if (words.length === 2 && first !== '') return { op, from: first!, to: second! }
      break
    case 'prefix':
    case 'suffix':
      if (words.length === 1) return { op, text: first! }
      break
    case 'cut':
      if (/^-?[1-9]\d{0,3}$/.test(first ?? '') && words.length < 3 && /^[1-9]\d{0,3}$/.test(second ?? '1'))
        return { op, start: Number(first), length: second === undefined ? undefined : Number(second) }
  }
  throw wrong()
}

const wordsOf = (section: string): string[] =>
  [...section.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll(/\\(.)/g, '$1'),
  )
