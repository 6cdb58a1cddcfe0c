/** An operation as the generated catalogue (docs/reference/catalogue.json) describes it. */
export interface Operation {
  readonly name: string
  readonly summary: string
  readonly version: string
  readonly callsPerSecond: number
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
  /** What is known of a parameter's values: all that it takes, limits of a number, what is taken without one. */
  readonly values?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly default?: string
  /** How many entries its list takes. */
  readonly maxEntries?: number
}

/** Whether doing an operation twice is as good as once: those that only ask. */
export const onlyAsks = (action: string) => /^(Query|Get|List|BatchCheck|BatchQuery|BatchGet)/.test(action)

/** What is wrong with parameters by the declaration, a sentence each. */
export function complaints(
  { name: action, parameters }: Operation,
  given: Readonly<Record<string, string>>,
): string[] {
  const names = Object.keys(given).map((name) => [name, name.replace(/\.[1-9]\d*(?=\.|$)/g, '.N')] as const)
  const unknown = names
    .filter(([, declared]) => !parameters.some(({ name }) => name === declared))
    .map(
      ([name]) =>
        `${action} has no parameter ${JSON.stringify(name)}; it has: ${parameters.map((it) => it.name).join(', ')}`,
    )
  const missing = parameters
    .filter(({ name, required }) => required && !names.some(([, declared]) => declared === name))
    .map(({ name, doc }) => `${action} needs ${name}: ${doc}`)
  const malformed = names.flatMap(([name, declared]) => {
    const type = parameters.find((it) => it.name === declared)?.type
    const value = given[name]!
    const right =
      type === 'Integer' ? /^-?\d+$/.test(value) : type === 'Boolean' ? /^(true|false)$/.test(value) : true
    return right ? [] : [`${name} is ${JSON.stringify(value)}; it must be ${words[type!]}`]
  })
  return [...unknown, ...missing, ...malformed]
}

const words: Record<string, string> = { Integer: 'a whole number', Boolean: 'true or false' }
