import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** The files of all operations, ordered by name. */
const operationFiles = (): string[] =>
  globSync('src/actions/*/*.ts')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.split('/')[2] !== 'shared')
    .sort((a, b) => (basename(a, '.ts') < basename(b, '.ts') ? -1 : 1))

/**
 * The text of src/actions/index.ts: every operation that has a file in a family's folder.
 * @throws Error if a file does not export its operation under the name that its own name calls for
 */
export function actionIndex(): string {
  const operations = operationFiles().map((file) => {
    const name = basename(file, '.ts').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
    if (!readFileSync(file, 'utf8').includes(`export const ${name} = action({`))
      throw new Error(`${file} must declare its operation as: export const ${name} = action({ … })`)
    return { name, path: file.slice('src/actions/'.length) }
  })
  const imports = operations.map(({ name, path }) => `import { ${name} } from './${path}'\n`)
  return `// Generated from the files of this folder by \`npm run generate\`.
${imports.join('')}
/** Every operation that Rollcall has, in the order of their names. */
export const actions = [
${operations.map(({ name }) => `  ${name},\n`).join('')}]
`
}
