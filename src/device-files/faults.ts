import type { FieldName } from './fields.ts'

/** Ways in which a spreadsheet or program changes a value. */
export type ArtifactKind =
  /** A number of more than 15 digits; spreadsheets keep 15. */
  | 'tooManyDigits'
  /** 1.2E+11: the other digits are lost, or it is a text such as 12E5. */
  | 'scientific'
  /** A whole number that ends in .0 because a program read it as a floating-point number. */
  | 'float'
  /** A floating-point rounding error such as 10023.000000000002. */
  | 'inexact'
  /** Fewer digits than nearly all others of the column: leading zeros may be lost. */
  | 'lostZeros'
  /** A date or time, converted by a spreadsheet. */
  | 'date'
  /** A number with grouped digits such as 861.234.567. */
  | 'grouped'
  /** A text truncated with three dots. */
  | 'cut'
  /** The number format displays something else than the stored value. */
  | 'format'

/**
 * A reason why the reader rejects a row. A fault with a `field` concerns that field; any other fault concerns
 * the whole row, and then its cells are not checked.
 */
export type Fault =
  /** The number of cells differs from the header's (or, without a header, from the first line's). */
  | {
      readonly code: 'RaggedRow'
      readonly cells: number
      readonly wanted: number
      readonly hasHeader: boolean
    }
  /** Text follows a closing quote. `lines` is the number of lines that the row spans. */
  | { readonly code: 'StrayQuote'; readonly lines: number }
  /** A quoted cell contains apparent row ends: a stray quote opened it. */
  | { readonly code: 'SwallowedRows'; readonly lines: number }
  /** The row follows a second header with different columns. */
  | { readonly code: 'OtherHeader'; readonly line: number }
  /** The row is hidden in the sheet. */
  | { readonly code: 'HiddenRow' }
  /** The object has the same member twice. */
  | { readonly code: 'RepeatedMember'; readonly member: string }
  /** The row comes from a report and still has the error that the report gave. */
  | { readonly code: 'NotMended'; readonly was: string }
  /** `shown` and `held` are omitted for secrets. */
  | {
      readonly code: 'DamagedNumber'
      readonly field: FieldName
      readonly kind: ArtifactKind
      readonly shown?: string
      readonly held?: string
    }
  /** A placeholder that programs write for a missing value. */
  | { readonly code: 'Placeholder'; readonly field: FieldName; readonly text: string }
  /** A formula without a stored result. */
  | { readonly code: 'NoResult'; readonly field: FieldName }
  /** A spreadsheet error such as #N/A. */
  | { readonly code: 'CellError'; readonly field: FieldName; readonly text: string }
  /** A value that is neither text nor number, such as TRUE. */
  | { readonly code: 'NotText'; readonly field: FieldName; readonly text: string }

/** The faults of rows by entry. */
export type Faults = ReadonlyMap<number, readonly Fault[]>
export const noFaults: Faults = new Map()

/** Reports whether a fault concerns the whole row. */
export const isOfRow = (fault: Fault) => !('field' in fault)

/** Collects the faults of rows: one per row, or one per field. */
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

/** Faults that the user may allow, so that the value is imported as the file has it. */
export const allowances = [
  'damaged-numbers',
  'placeholders',
  'wide-rows',
  'hidden-rows',
  'other-products',
] as const
export type Allowance = (typeof allowances)[number]

/** The faults that each allowance permits. */
const allowedBy: { readonly [A in Allowance]: readonly (Fault['code'] | 'AmbiguousProducts')[] } = {
  'damaged-numbers': ['DamagedNumber'],
  placeholders: ['Placeholder'],
  'wide-rows': ['RaggedRow', 'SwallowedRows'],
  'hidden-rows': ['HiddenRow'],
  'other-products': ['AmbiguousProducts'],
}

/** The codes of the allowed faults. */
export const allowedCodes = (allowed: readonly Allowance[] = []): ReadonlySet<string> =>
  new Set(allowed.flatMap((allowance) => allowedBy[allowance]))
