import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

/** An operation as CONTRIBUTING.md describes it. */
const declaration = `import { optional, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'

export const queryDeviceGreeting = action({
  name: 'QueryDeviceGreeting',
  family: 'devices',
  effect: 'read',
  summary: { en: 'Greets a device.', zh: '问候设备。' },
  version: '2018-01-20',
  quota: { perSecond: 10 },
  parameters: { Name: optional(text({ en: 'The name to greet.', zh: '名称。' }, { default: 'lamp' })) },
  answer: { Data: text('The greeting.') },
  failures: {},
  run: async ({ Name = 'lamp' }) => ({ Data: \`hello \${Name}\` }),
})
`

/** Calls the operation through the walk of a call, in the copy. */
const caller = `import { openApiServer, signedV3 } from './test/support/api-server.ts'
const { ask, close } = await openApiServer()
console.log((await ask(signedV3('QueryDeviceGreeting', { Name: 'world' }))).body)
await close()
`

test('one file and npm run generate add an operation', (t) => {
  const copy = mkdtempSync(join(tmpdir(), 'rollcall-adding-'))
  t.after(() => rmSync(copy, { recursive: true, force: true }))
  for (const path of ['src', 'scripts', 'bench', 'test/support', 'docs', 'package.json', 'biome.json'])
    cpSync(path, join(copy, path), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
  const node = (...words: string[]) => execFileSync(process.execPath, words, { cwd: copy, encoding: 'utf8' })

  writeFileSync(join(copy, 'src/actions/devices/query-device-greeting.ts'), declaration)
  node('scripts/generate.ts')
  node('scripts/generate.ts', '--check')

  writeFileSync(join(copy, 'caller.ts'), caller)
  const answer = JSON.parse(node('caller.ts'))
  assert.deepEqual([answer.Success, answer.Data], [true, 'hello world'])
  const page = readFileSync(join(copy, 'docs/reference/actions/QueryDeviceGreeting.md'), 'utf8')
  assert.match(page, /`Name` \| String \| no \| The name to greet\. Default: lamp\./)
  assert.match(readFileSync(join(copy, 'docs/reference/catalogue.json'), 'utf8'), /问候设备。/)
  assert.match(
    readFileSync(join(copy, 'src/client/answers.ts'), 'utf8'),
    /QueryDeviceGreeting: \{ readonly Data: string \}/,
  )
  assert.match(node('src/cli/main.ts', 'call', 'QueryDeviceGreeting', '--help'), /Greets a device/)
})
