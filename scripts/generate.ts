import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { actions } from '../src/actions/index.ts'
import { type Description, describe, type Field } from '../src/api/describe.ts'
import { failures } from '../src/api/failures.ts'
import { commands } from '../src/cli/commands.ts'
import { settings, variableOf } from '../src/config.ts'
import { refusals } from '../src/rpc/refusals.ts'
import { manPage } from './man-page.ts'

/**
 * Writes docs/reference from the declarations: `npm run generate`. With --check nothing is written and a page
 * that is not what the declarations say fails.
 */
const folder = new URL('../docs/reference/', import.meta.url)
const note = '<!-- Generated from the declarations by `npm run generate`; edit those instead. -->\n\n'

const descriptions = actions.map(describe)
const pages = new Map<string, string>([
  ['catalogue.json', `${JSON.stringify(descriptions, null, 2)}\n`],
  ['failures.md', failuresPage()],
  ['refusals.md', refusalsPage()],
  ['config.md', configPage()],
  [
    'rollcall.1',
    manPage(
      'tells which IoT devices can be taken in and which can’t, and takes them in',
      await commands(undefined),
    ),
  ],
  ...descriptions.map((action) => [`actions/${action.name}.md`, actionPage(action)] as const),
])

if (process.argv.includes('--check')) {
  const stale = [...pages].filter(([name, text]) => {
    const file = new URL(name, folder)
    return !existsSync(file) || readFileSync(file, 'utf8') !== text
  })
  if (stale.length > 0) {
    console.error(`not as declared, run npm run generate: ${stale.map(([name]) => name).join(', ')}`)
    process.exit(1)
  }
} else {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(new URL('actions/', folder), { recursive: true })
  for (const [name, text] of pages) writeFileSync(new URL(name, folder), text)
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
      list.map(({ name, type, required, doc }) => [`\`${name}\``, type, required ? 'yes' : 'no', doc]),
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
