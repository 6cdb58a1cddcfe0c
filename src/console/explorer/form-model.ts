import type { DeclaredField, Operation } from '../../client/operations.ts'

/** A parameter with one value, or a list whose entries have one or several members. */
export type FormField =
  | { readonly kind: 'single'; readonly name: string; readonly field: DeclaredField }
  | {
      readonly kind: 'list'
      readonly name: string
      readonly columns: readonly Column[]
      readonly maxEntries: number
      /** `discard` if the server discards entries beyond maxEntries. */
      readonly overflow: string | undefined
    }

/** A member of a list's entries; empty for a list of plain values. */
export interface Column {
  readonly member: string
  readonly field: DeclaredField
}

/** The content of a form; empty values are not sent. */
export interface FormState {
  readonly singles: Readonly<Record<string, string>>
  /** The rows of each list, with a cell per column. */
  readonly lists: Readonly<Record<string, readonly Row[]>>
}

export type Row = readonly string[]

export const emptyForm: FormState = { singles: {}, lists: {} }

/** Returns an operation's parameters as form fields, in declaration order. */
export function fieldsOf({ parameters }: Pick<Operation, 'parameters'>): readonly FormField[] {
  const fields = new Map<string, FormField>()
  for (const field of parameters) {
    const [, list, member] = /^(\w+)\.N(?:\.(\w+))?$/.exec(field.name) ?? []
    if (list === undefined) {
      fields.set(field.name, { kind: 'single', name: field.name, field })
      continue
    }
    const known = fields.get(list)
    const columns = known?.kind === 'list' ? known.columns : []
    const maxEntries = field.maxEntries ?? entriesMax
    fields.set(list, {
      kind: 'list',
      name: list,
      columns: [...columns, { member: member ?? '', field }],
      maxEntries,
      overflow: field.overflow,
    })
  }
  return [...fields.values()]
}

/** The limit of a form if the declaration has none. */
const entriesMax = 10_000

export const isRequired = (field: FormField) =>
  field.kind === 'single' ? field.field.required : field.columns.some(({ field }) => field.required)

/** Reports whether a field has content. */
export const isFilled = (field: FormField, { singles, lists }: FormState) =>
  field.kind === 'single'
    ? (singles[field.name] ?? '') !== ''
    : (lists[field.name] ?? []).some((row) => row.some((cell) => cell !== ''))

/** Converts a form to parameters. Empty rows are skipped, and the others numbered from 1. */
export function parametersOf(
  fields: readonly FormField[],
  { singles, lists }: FormState,
): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const field of fields) {
    if (field.kind === 'single') {
      const value = singles[field.name] ?? ''
      if (value !== '') parameters[field.name] = value
      continue
    }
    let n = 0
    for (const row of lists[field.name] ?? []) {
      if (row.every((cell) => cell === '')) continue
      n++
      for (const [i, { member }] of field.columns.entries()) {
        const cell = row[i] ?? ''
        if (cell !== '') parameters[`${field.name}.${n}${member === '' ? '' : `.${member}`}`] = cell
      }
    }
  }
  return parameters
}

/** Converts parameters to a form; gaps in list numbers are closed. */
export function formOf(
  fields: readonly FormField[],
  parameters: Readonly<Record<string, string>>,
): FormState {
  const singles: Record<string, string> = {}
  const lists: Record<string, readonly Row[]> = {}
  for (const field of fields) {
    if (field.kind === 'single') {
      const value = parameters[field.name]
      if (value !== undefined) singles[field.name] = value
      continue
    }
    const rows = new Map<number, string[]>()
    for (const [name, value] of Object.entries(parameters)) {
      const [, list, number, member = ''] = /^(\w+)\.([1-9]\d*)(?:\.(\w+))?$/.exec(name) ?? []
      const column = field.columns.findIndex((it) => it.member === member)
      if (list !== field.name || column < 0) continue
      const row = rows.get(Number(number)) ?? field.columns.map(() => '')
      row[column] = value
      rows.set(Number(number), row)
    }
    if (rows.size > 0) lists[field.name] = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row)
  }
  return { singles, lists }
}
