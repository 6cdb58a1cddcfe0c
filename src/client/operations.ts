/** An operation as the generated catalogue (docs/reference/catalogue.json) describes it. */
export interface Operation {
  readonly name: string
  /** The subject that it belongs to, such as imports. */
  readonly family: string
  /** `read`, `write` or `destroy`: a client may repeat a read whose answer was lost. */
  readonly effect: string
  readonly summary: string
  readonly summaryZh: string
  readonly version: string
  readonly callsPerSecond: number
  /** `everyone` or `account` (its own keys alone), if permissions alone do not decide which callers may call it. */
  readonly callers?: string
  readonly parameters: readonly DeclaredField[]
  readonly answer: readonly DeclaredField[]
  readonly failures: readonly { readonly code: string; readonly text: string }[]
}

export interface DeclaredField {
  /** A list's members have an N in place of the number, as DeviceList.N.DeviceName. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly doc: string
  /** The same in Chinese; parameters have it. */
  readonly docZh?: string
  /** The known facts of a parameter's values: allowed values, limits of a number, default. */
  readonly values?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** The maximum length of a text in characters. */
  readonly maxLength?: number
  readonly default?: string
  /** The most entries that its list takes, and whether the server discards or rejects the rest. */
  readonly maxEntries?: number
  readonly overflow?: string
}

/** Describes the values, limits and default of a parameter in sentences. */
function describeConstraints(field: DeclaredField): string {
  const { values, min, max, maxLength, maxEntries, overflow } = field
  const count = (number: number) => number.toLocaleString('en')
  const beyond = overflow === 'discard' ? 'discards the rest' : 'rejects more'
  return [
    values !== undefined && values.length > 1 && `One of ${values.join(', ')}.`,
    values === undefined && min !== undefined && max !== undefined && `From ${min} to ${max}.`,
    values === undefined && min !== undefined && max === undefined && `At least ${min}.`,
    values === undefined && min === undefined && max !== undefined && `At most ${max}.`,
    maxLength !== undefined && `Up to ${count(maxLength)} characters.`,
    maxEntries !== undefined && `Up to ${count(maxEntries)} entries; the server ${beyond}.`,
    field.default !== undefined && `Default: ${field.default}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** A fault of a parameter according to the declaration. */
export interface Fault {
  /** The name as given, or as declared if it is missing. */
  readonly name: string
  readonly kind: 'unknown' | 'missing' | 'notInteger' | 'notBoolean'
}

/** The faults of parameters by the declaration. */
export function faultsIn(
  { parameters }: Pick<Operation, 'parameters'>,
  given: Readonly<Record<string, string>>,
): Fault[] {
  const declared = new Map(parameters.map((field) => [field.name, field]))
  const names = Object.keys(given).map((name) => [name, name.replace(/\.[1-9]\d*(?=\.|$)/g, '.N')] as const)
  const present = new Set(names.map(([, name]) => name))
  const unknown = names
    .filter(([, name]) => !declared.has(name))
    .map(([name]): Fault => ({ name, kind: 'unknown' }))
  const missing = parameters
    .filter(({ name, required }) => required && !present.has(name))
    .map(({ name }): Fault => ({ name, kind: 'missing' }))
  const malformed = names.flatMap(([name, declaredName]): Fault[] => {
    const type = declared.get(declaredName)?.type
    const value = given[name]!
    if (type === 'Integer' && !/^-?\d+$/.test(value)) return [{ name, kind: 'notInteger' }]
    if (type === 'Boolean' && !/^(true|false)$/.test(value)) return [{ name, kind: 'notBoolean' }]
    return []
  })
  return [...unknown, ...missing, ...malformed]
}

/** The same faults, a sentence for each. */
export function describeFaults(operation: Operation, given: Readonly<Record<string, string>>): string[] {
  const { name: action, parameters } = operation
  return faultsIn(operation, given).map(({ name, kind }) => {
    if (kind === 'unknown')
      return `${action} has no parameter ${JSON.stringify(name)}; it has: ${parameters.map((it) => it.name).join(', ')}`
    if (kind === 'missing')
      return `${action} needs ${name}: ${documented(parameters.find((it) => it.name === name)!)}`
    return `${name} is ${JSON.stringify(given[name])}; it must be ${words[kind]}`
  })
}

/** The documentation of a parameter together with what it takes. */
export const documented = (field: DeclaredField) => `${field.doc} ${describeConstraints(field)}`.trim()

const words = { notInteger: 'a whole number', notBoolean: 'true or false' }
