import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { recordedRuns } from '../bench/history.ts'
import { families } from '../src/api/action.ts'
import { type Description, describe, type Field } from '../src/api/describe.ts'
import { failures } from '../src/api/failures.ts'
import { documented } from '../src/client/operations.ts'
import { refusals } from '../src/rpc/refusals.ts'
import { settings, variableOf } from '../src/settings.ts'
import { actionIndex } from './action-index.ts'
import { answerTypes } from './answer-types.ts'
import { manPage } from './man-page.ts'
import { performancePlot } from './performance-plot.ts'

/**
 * Generates files from the declarations: `npm run generate`. The list of actions comes first, because
 * everything else reads it. With --check it writes nothing, and fails if a file differs.
 */
const checking = process.argv.includes('--check')
const note = '<!-- Generated from the declarations by `npm run generate`; edit those instead. -->\n\n'

write(new Map([['src/actions/index.ts', formatted(actionIndex())]]))
const { actions } = await import('../src/actions/index.ts')
const descriptions = actions.map(describe)

const reference = 'docs/reference/'
if (!checking) rmSync(reference, { recursive: true, force: true })
// The commands read the catalogue.
write(new Map([[`${reference}catalogue.json`, `${JSON.stringify(descriptions, null, 2)}\n`]]))
const { commands } = await import('../src/cli/commands.ts')
write(
  new Map([
    ['src/client/families.ts', formatted(familyList())],
    ['src/client/answers.ts', formatted(answerTypes(actions))],
    [`${reference}failures.md`, failuresPage()],
    [`${reference}refusals.md`, refusalsPage()],
    [`${reference}operations.md`, operationsPage()],
    [`${reference}config.md`, configPage()],
    ['docs/performance.svg', performancePlot(recordedRuns())],
    [
      `${reference}rollcall.1`,
      manPage(
        'tells which IoT devices can be taken in and which can’t, and takes them in',
        await commands(undefined),
      ),
    ],
    ...descriptions.map((action) => [`${reference}actions/${action.name}.md`, actionPage(action)] as const),
  ]),
)

/** Writes files, or with --check compares them and fails if one differs. */
function write(files: ReadonlyMap<string, string>): void {
  const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  if (checking && stale.length > 0) {
    console.error(`not as declared, run npm run generate: ${stale.map(([path]) => path).join(', ')}`)
    process.exit(1)
  }
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** The families for clients, which don't import declarations. */
function familyList(): string {
  return `// Generated from the declarations by \`npm run generate\`.

/** The subjects of operations, in the order in which pages list them. */
export const families = ${JSON.stringify(families)} as const
export type Family = (typeof families)[number]
`
}

/** Formats TypeScript like `npm run format`. */
function formatted(source: string): string {
  const biome = 'node_modules/@biomejs/biome/bin/biome'
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'check', '--write', '--vcs-enabled=false', '--stdin-file-path=generated.ts'],
    { input: source, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`biome can't format a generated file: ${stderr}`)
  return stdout
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('')
}

function actionPage({
  name,
  summary,
  version,
  callsPerSecond,
  parameters,
  answer,
  failures,
}: Description): string {
  const fields = (list: readonly Field[], word: string) =>
    table(
      ['Name', 'Type', word, 'Meaning'],
      list.map((field) => [
        `\`${field.name}\``,
        field.type,
        field.required ? 'yes' : 'no',
        documented(field),
      ]),
    )
  return `${note}# ${name}

${summary}

Version ${version}. ${callsPerSecond} calls a second for each account; its RAM users share them.

## Parameters

${fields(parameters, 'Required')}
## Answer

RequestId and Success${answer.length === 0 ? '.' : ', and:'}

${answer.length === 0 ? '' : fields(answer, 'Always')}
## Failures

${table(
  ['Code', 'Listed status', 'Text'],
  failures.map(({ code, status, text }) => [`\`${code}\``, String(status), text]),
)}
The status that is answered depends on \`--failure-status\` (see [config](../config.md)).
`
}

function operationsPage(): string {
  const rows = families.map((family) => [
    family,
    descriptions
      .filter((operation) => operation.family === family)
      .map(({ name }) => `[${name}](actions/${name}.md)`)
      .join(', '),
  ])
  return `${note}# Operations

Each operation by its family; those of the family \`own\` exist in Rollcall only (Version 2026-11-01).

${table(['Family', 'Operations'], rows)}`
}

function failuresPage(): string {
  const tellers = (code: string) =>
    descriptions
      .filter(({ failures }) => failures.some((failure) => failure.code === code))
      .map(({ name }) => name)
  return `${note}# Failures

What an action may tell its caller, with Success=false, Code and ErrorMessage.

${table(
  ['Code', 'Text', 'Told by'],
  Object.entries(failures).map(([code, text]) => {
    const names = tellers(code)
    return [`\`${code}\``, text, names.length === descriptions.length ? 'every action' : names.join(', ')]
  }),
)}`
}

function refusalsPage(): string {
  return `${note}# Refusals

What the gateway refuses before an action runs, in the order of its checks.

${table(
  ['Code', 'Status', 'Message'],
  Object.entries(refusals).map(([code, [status, message]]) => [
    `\`${code
      .replace('MissingParameter', 'Missing<Name>')
      .replace(/^InvalidParameter$/, 'Invalid<Name>')
      .replace(/\.(V3|Unknown)$/, '')}\``,
    String(status),
    message,
  ]),
)}`
}

function configPage(): string {
  return `${note}# Settings of \`rollcall serve\`

A flag wins over its environment variable, the variable over the default. \`ROLLCALL_MASTER_KEY\` (64 hexadecimal
digits) has no flag, because flags are seen by every user of the machine; without it the key lies in the data folder.

${table(
  ['Flag', 'Variable', 'Default', 'Meaning'],
  Object.values(settings).map((setting) => [
    `\`--${setting.flag}${setting.value === undefined ? '' : ` <${setting.value}>`}\``,
    `\`${variableOf(setting)}\``,
    setting.default ?? '',
    `${setting.meaning}${setting.choices === undefined ? '' : ` One of ${setting.choices.join(', ')}.`}`,
  ]),
)}`
}
