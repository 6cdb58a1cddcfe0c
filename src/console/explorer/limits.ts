import type { DeclaredField } from '../../client/operations.ts'

/** The declared limits that a value can break; the server then rejects the call. */
export type BrokenLimit = 'wholeNumber' | 'limits' | 'oneOf' | 'tooLong'

/** Returns the limit of a parameter that a value breaks; undefined for a valid or empty value. */
export function brokenLimit(
  { type, min, max, maxLength, values }: DeclaredField,
  value: string,
): BrokenLimit | undefined {
  if (value === '') return undefined
  if (type === 'Integer') {
    if (!/^-?\d+$/.test(value)) return 'wholeNumber'
    if (Number(value) < (min ?? Number.NEGATIVE_INFINITY)) return 'limits'
    if (Number(value) > (max ?? Number.POSITIVE_INFINITY)) return 'limits'
  }
  if (values !== undefined && !values.includes(value)) return 'oneOf'
  return [...value].length > (maxLength ?? Number.POSITIVE_INFINITY) ? 'tooLong' : undefined
}
