import type { Action } from '../src/api/action.ts'
import type { Members, Shape } from '../src/api/shape.ts'

/** Writes the types of the operations' JSON answers for clients, which don't import declarations. */
export function answerTypes(actions: readonly Action<never>[]): string {
  const answers = actions.map(({ name, answer }) => `readonly ${name}: ${structType(answer)}`)
  return `// Generated from the declarations by \`npm run generate\`.

/** The answers of the operations as JSON has them, besides RequestId and Success. */
export interface Answers {
${answers.join('\n')}
}
`
}

function structType(members: Members): string {
  const written = Object.entries(members).map(([name, shape]) =>
    shape.kind === 'optional'
      ? `readonly ${name}?: ${typeOf(shape.of)}`
      : `readonly ${name}: ${typeOf(shape)}`,
  )
  return written.length === 0 ? 'object' : `{ ${written.join('; ')} }`
}

/** The type of a member; a parameter's kinds of lists are in no answer. */
function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return shape.constraints?.values?.map((value) => JSON.stringify(value)).join(' | ') ?? 'string'
    case 'int':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'struct':
      return structType(shape.members)
    case 'list': {
      const entries = `readonly (${typeOf(shape.of)})[]`
      return shape.item === undefined ? entries : `{ readonly ${shape.item}: ${entries} }`
    }
    default:
      throw new Error(`an answer can't have a member of the kind ${shape.kind}`)
  }
}
