import type { FieldName } from './fields.ts'

/** What makes a number of a spreadsheet, or a text that one has written, another value than the person meant. */
export type ArtifactKind =
  /** More than 15 digits, of which a spreadsheet keeps 15. */
  | 'tooManyDigits'
  /** 1.2E+11: its other digits are lost, or it was typed as text such as 12E5. */
  | 'scientific'
  /** A whole number that ends in .0: a program has read it as a floating-point number. */
  | 'float'
  /** A number that a computer has rounded, such as 10023.000000000002. */
  | 'inexact'
  /** Fewer digits than nearly all others of its column: leading zeros may be lost. */
  | 'lostZeros'
  /** A date or a time that a spreadsheet made of what was typed. */
  | 'date'
  /** 861.234.567: a number whose digits were grouped. */
  | 'grouped'
  /** A text that ends in three dots: the rest did not fit what showed it. */
  | 'cut'
  /** A number format shows something else than the file holds. */
  | 'format'

/**
 * Why a row can't be taken as it is read, found by the reader. A fault with a field concerns that field; the others
 * concern the whole row, whose cells then say nothing about its fields.
 */
export type Fault =
  /** The row has another number of cells than the header (or, without one, than the first line). */
  | {
      readonly code: 'RaggedRow'
      readonly cells: number
      readonly wanted: number
      readonly hasHeader: boolean
    }
  /** Text stands behind a closing quote. `lines` is how many lines the row takes. */
  | { readonly code: 'StrayQuote'; readonly lines: number }
  /** A quoted cell holds what looks like the ends of rows: a quote opened it by mistake. */
  | { readonly code: 'SwallowedRows'; readonly lines: number }
  /** The row follows a second header, whose columns are others. */
  | { readonly code: 'OtherHeader'; readonly line: number }
  /** The sheet does not show the row. */
  | { readonly code: 'HiddenRow' }
  /** A member stands in the object twice. */
  | { readonly code: 'RepeatedMember'; readonly member: string }
  /** A report says so of the row, and the row still has that code. */
  | { readonly code: 'NotMended'; readonly was: string }
  /** `shown` and `held` are left out where they are a secret. */
  | {
      readonly code: 'DamagedNumber'
      readonly field: FieldName
      readonly kind: ArtifactKind
      readonly shown?: string
      readonly held?: string
    }
  /** A word by which programs write nothing. */
  | { readonly code: 'Placeholder'; readonly field: FieldName; readonly text: string }
  /** A formula without a stored result. */
  | { readonly code: 'NoResult'; readonly field: FieldName }
  /** An error of a spreadsheet, such as #N/A. */
  | { readonly code: 'CellError'; readonly field: FieldName; readonly text: string }
  /** A value that is no text and no number, such as TRUE. */
  | { readonly code: 'NotText'; readonly field: FieldName; readonly text: string }

/** The faults of some rows, by their entry. */
export type Faults = ReadonlyMap<number, readonly Fault[]>
export const noFaults: Faults = new Map()

/** Whether a fault concerns the whole row. */
export const isOfRow = (fault: Fault) => !('field' in fault)

/** Collects the faults of some rows: one of the whole row, or one of each field. */
export class FaultList {
  #faults: Map<number, Fault[]> | undefined

  add(entry: number, fault: Fault): void {
    this.#faults ??= new Map()
    const known = this.#faults.get(entry)
    if (known === undefined || (isOfRow(fault) && !known.some(isOfRow))) this.#faults.set(entry, [fault])
    else if (
      !known.some(
        (other) => isOfRow(other) || ('field' in fault && 'field' in other && other.field === fault.field),
      )
    )
      known.push(fault)
  }

  all(): Faults {
    return this.#faults ?? noFaults
  }
}

/** What a person may allow to be taken as it stands in the file. */
export const allowances = [
  'damaged-numbers',
  'placeholders',
  'wide-rows',
  'hidden-rows',
  'other-products',
] as const
export type Allowance = (typeof allowances)[number]

/** What each allowance lets pass. */
const allowedBy: { readonly [A in Allowance]: readonly (Fault['code'] | 'AmbiguousProducts')[] } = {
  'damaged-numbers': ['DamagedNumber'],
  placeholders: ['Placeholder'],
  'wide-rows': ['RaggedRow', 'SwallowedRows'],
  'hidden-rows': ['HiddenRow'],
  'other-products': ['AmbiguousProducts'],
}

/** The codes of faults that are allowed. */
export const allowedCodes = (allowed: readonly Allowance[] = []): ReadonlySet<string> =>
  new Set(allowed.flatMap((allowance) => allowedBy[allowance]))
