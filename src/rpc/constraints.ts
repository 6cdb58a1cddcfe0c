import { Failure } from '../api/failures.ts'
import type { Constraints } from '../api/shape.ts'
import { displayed } from '../lib/displayed.ts'
import { Refusal } from './refusals.ts'

/** The range of a whole number that declares none. */
const int32 = { min: -(2 ** 31), max: 2 ** 31 - 1 }

/**
 * Reads a whole number.
 * @throws Refusal InvalidParameter for anything else, and for one outside the range that the gateway judges
 */
export function wholeNumber(name: string, text: string, constraints: Constraints = {}): number {
  const isOwn = constraints.failure === undefined
  const min = isOwn ? (constraints.min ?? int32.min) : int32.min
  const max = isOwn && constraints.aboveMax === undefined ? (constraints.max ?? int32.max) : int32.max
  const number = /^-?\d{1,18}$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  const reason = `It must be a whole number from ${min} to ${max}, not ${displayed(text)}.`
  throw new Refusal('InvalidParameter', { name, reason })
}

/**
 * Judges a value by what its parameter declares.
 * @throws Failure as declared, or Refusal InvalidParameter when the declaration names none
 */
export function enforce(name: string, value: string | number | boolean, constraints: Constraints = {}): void {
  const unsupported = constraints.unsupported?.[`${value}`]
  if (unsupported !== undefined)
    throw new Failure(unsupported, `${name} is ${value}, which Rollcall does not support.`)
  const expected = expectation(value, constraints)
  if (expected === undefined) return
  const detail = `must ${expected}.`
  const isAbove = typeof value === 'number' && value > (constraints.max ?? value)
  const failure = isAbove ? (constraints.aboveMax ?? constraints.failure) : constraints.failure
  if (failure !== undefined) throw new Failure(failure, `${name} ${detail}`)
  throw new Refusal('InvalidParameter', { name, reason: `It ${detail}` })
}

/** The expected and the actual value, in words; undefined if the value is valid. */
function expectation(value: string | number | boolean, constraints: Constraints): string | undefined {
  const { values, min, max, maxLength } = constraints
  const given = typeof value === 'string' ? displayed(value) : value
  if (values !== undefined && !(values as readonly unknown[]).includes(value))
    return `be ${oneOf(values)}, not ${given}`
  if (typeof value === 'number' && (value < (min ?? value) || value > (max ?? value))) {
    const range = max === undefined ? `at least ${min}` : `from ${min} to ${max}`
    return `be ${range}, not ${given}`
  }
  if (typeof value !== 'string' || maxLength === undefined) return undefined
  const { length } = [...value]
  return length > maxLength ? `have at most ${maxLength} characters, not ${length}` : undefined
}

const oneOf = (values: readonly (string | number)[]) =>
  values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
