import { type Action, families } from '../src/api/action.ts'
import type { Members, Shape } from '../src/api/shape.ts'

/** The text of src/client/answers.ts: the type of every operation's answer, for clients of the API. */
export function clientTypes<R>(actions: readonly Action<R>[]): string {
  const answers = actions.map(({ name, answer }) => `  ${name}: ${membersOf(answer)}\n`)
  return `// Generated from the declarations by \`npm run generate\`.

/** The subjects of operations, in the order in which pages list them. */
export const families = [${families.map((family) => `'${family}'`).join(', ')}] as const
export type Family = (typeof families)[number]

/** The members of each operation's successful answer, beside RequestId and Success. */
export interface Answers {
${answers.join('')}}
`
}

function membersOf(members: Members): string {
  const lines = Object.entries(members).map(([name, shape]) =>
    shape.kind === 'optional'
      ? `readonly ${name}?: ${typeOf(shape.of)} | undefined`
      : `readonly ${name}: ${typeOf(shape)}`,
  )
  return lines.length === 0 ? 'object' : `{\n${lines.join('\n')}\n}`
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'string'
    case 'int':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'struct':
      return membersOf(shape.members)
    case 'list': {
      const entries = `readonly ${arrayOf(typeOf(shape.of))}`
      return shape.item === undefined ? entries : `{\nreadonly ${shape.item}: ${entries}\n}`
    }
    default:
      throw new Error(`an answer has no ${shape.kind}`)
  }
}

const arrayOf = (type: string) => `${type}[]`
