import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { actions } from '../src/actions/index.ts'

/** The rooms that both drivers of the store may import. */
const storageDriver = [
  'storage/content.ts',
  'storage/mapping.ts',
  'storage/migrations.ts',
  'storage/names.ts',
  'storage/nonce-sweep.ts',
  'storage/quota.ts',
  'storage/retention.ts',
  'storage/rows.ts',
  'storage/schema.ts',
  'storage/storage.ts',
  'storage/table.ts',
  'lib',
]

/**
 * Who may import whom (ARCHITECTURE.md has the same table). A room is a folder of src/ or a file in it; the
 * longest match counts.
 */
const mayImport: Record<string, string[]> = {
  lib: [],
  // The sets of characters, which are asked about wherever bytes are looked at.
  'rules/kinds.ts': [],
  rules: ['rules/kinds.ts', 'lib'],
  // Loops over bytes in WebAssembly, and the memory that they go over.
  wasm: ['rules/kinds.ts', 'lib'],
  api: ['lib', 'messaging/messaging.ts'],
  signature: ['lib'],
  'storage/table.ts': [],
  'storage/schema.ts': ['storage/table.ts'],
  'storage/content.ts': ['storage/schema.ts', 'storage/table.ts'],
  'storage/mapping.ts': ['storage/table.ts'],
  'storage/rows.ts': ['storage/mapping.ts', 'storage/schema.ts', 'storage/storage.ts'],
  'storage/port': [
    'storage/content.ts',
    'storage/migrations.ts',
    'storage/schema.ts',
    'storage/table.ts',
    'lib',
  ],
  'storage/storage.ts': ['storage/port', 'storage/schema.ts', 'lib'],
  'storage/migrations.ts': ['lib'],
  'storage/nonce-sweep.ts': ['lib'],
  'storage/names.ts': [],
  'storage/quota.ts': ['storage/storage.ts', 'lib'],
  'storage/retention.ts': [],
  'storage/sqlite': storageDriver,
  'storage/postgres': storageDriver,
  registry: [
    'registry/sessions.ts',
    'rules',
    'signature',
    'storage/storage.ts',
    'storage/content.ts',
    'wasm',
    'lib',
  ],
  transfer: ['storage/storage.ts', 'storage/content.ts', 'lib'],
  // The ports between operations, doors and nodes; drivers stand beside them.
  'messaging/messaging.ts': [],
  'messaging/transport.ts': [],
  messaging: [
    'messaging/messaging.ts',
    'messaging/transport.ts',
    'mqtt/service.ts',
    'registry/sessions.ts',
    'rules',
    'storage/storage.ts',
    'lib',
  ],
  'mqtt/service.ts': [],
  'registry/sessions.ts': ['storage/storage.ts'],
  actions: ['api', 'messaging/messaging.ts', 'rules', 'registry', 'registry/sessions.ts', 'lib'],
  rpc: ['api', 'messaging/messaging.ts', 'signature', 'registry', 'rules/kinds.ts', 'wasm', 'lib'],
  http: ['lib'],
  mqtt: ['mqtt/service.ts', 'lib', 'rules', 'signature'],
  // Each door opened, with what it serves.
  doors: ['config.ts', 'http', 'lib', 'log.ts', 'messaging', 'mqtt', 'mqtt/service.ts', 'registry'],
  tls: ['lib'],
  'log.ts': [],
  'settings.ts': [],
  'given-settings.ts': ['settings.ts'],
  'config.ts': ['given-settings.ts'],
  'data-folder.ts': [],
  'storage/open.ts': [
    'lib',
    'storage/storage.ts',
    'storage/content.ts',
    'storage/sqlite',
    'storage/postgres',
  ],
  'device-messaging.ts': ['config.ts', 'lib', 'log.ts', 'messaging', 'node-transport.ts', 'registry'],
  'follow.ts': ['actions', 'lib', 'messaging/messaging.ts', 'registry', 'rpc'],
  'node-transport.ts': ['config.ts', 'lib', 'messaging', 'messaging/transport.ts'],
  'main.ts': [
    'actions',
    'config.ts',
    'settings.ts',
    'data-folder.ts',
    'device-messaging.ts',
    'doors',
    'follow.ts',
    'http',
    'lib',
    'log.ts',
    'messaging',
    'messaging/messaging.ts',
    'mqtt/service.ts',
    'node-transport.ts',
    'registry',
    'rpc',
    'storage/open.ts',
    'storage/storage.ts',
    'tls',
    'wasm',
  ],
  // A client of the API, for the command line and whatever else calls an endpoint; its platform is handed to it.
  client: ['lib', 'rules/kinds.ts', 'signature'],
  // Programs that make a call, written out as text.
  samples: ['client', 'lib'],
  // Files of devices, from whatever holds them.
  'device-files': ['lib', 'rules', 'rules/kinds.ts'],
  // Verifying the rows of a file and importing them, through the API; the caller keeps the journal.
  importer: ['device-files', 'client', 'lib', 'rules'],
  // The devices of a product as a file that can be imported again.
  export: ['client', 'lib', 'device-files'],
  // The commands that act on the store itself; commands that call a server import none of its rooms.
  'cli/store': [
    'cli/environment.ts',
    'cli/print.ts',
    'actions',
    'config.ts',
    'settings.ts',
    'lib',
    'main.ts',
    'registry',
    'rules',
    'storage/storage.ts',
  ],
  // The commands that act on a store as a whole.
  'cli/data': [
    'cli/environment.ts',
    'cli/print.ts',
    'cli/store',
    'config.ts',
    'settings.ts',
    'export',
    'lib',
    'storage/open.ts',
    'registry',
    'storage/migrations.ts',
    'storage/storage.ts',
    'transfer',
  ],
  // A server of several processes: who starts and replaces them, and what each of them is.
  'cli/workers': ['cli', 'config.ts', 'http', 'lib', 'log.ts', 'main.ts', 'storage/storage.ts'],
  'cli/cli-error.ts': [],
  'cli/environment.ts': [],
  // Who calls an endpoint, and how; nothing of it knows Rollcall.
  'cli/endpoint': ['cli/cli-error.ts', 'cli/environment.ts', 'cli/whole-number.ts', 'client', 'lib'],
  // The commands that call an endpoint.
  'cli/check': [
    'cli/cli-error.ts',
    'cli/whole-number.ts',
    'cli/endpoint',
    'client',
    'importer',
    'lib',
    'device-files',
  ],
  'cli/import': [
    'cli/cli-error.ts',
    'cli/endpoint',
    'cli/check',
    'client',
    'importer',
    'lib',
    'device-files',
  ],
  'cli/print.ts': [],
  'cli/whole-number.ts': [],
  'cli/call': ['cli/cli-error.ts', 'cli/endpoint', 'client'],
  // The commands that follow devices, send to them and act as one.
  'cli/messages': ['cli/cli-error.ts', 'cli/endpoint', 'client', 'lib', 'signature'],
  'cli/jobs': ['cli/cli-error.ts', 'cli/endpoint', 'cli/print.ts', 'client', 'lib'],
  'cli/query': [
    'cli/cli-error.ts',
    'cli/messages',
    'cli/whole-number.ts',
    'cli/endpoint',
    'cli/print.ts',
    'client',
    'export',
    'lib',
    'device-files',
  ],
  cli: [
    'cli/query',
    'cli/call',
    'cli/data',
    'cli/cli-error.ts',
    'cli/environment.ts',
    'cli/check',
    'cli/import',
    'cli/jobs',
    'cli/messages',
    'cli/print.ts',
    'cli/store',
    'cli/workers',
    'config.ts',
    'settings.ts',
    'data-folder.ts',
    'log.ts',
    'main.ts',
    'registry',
    'tls',
  ],
}

// The console: the shell around every page, the texts, and the pages, which do not import each other.
for (const page of ['overview', 'products', 'groups', 'import', 'explorer', 'batches', 'access', 'docs'])
  mayImport[`console/${page}`] = [
    'console/shell',
    'console/texts',
    'client',
    'export',
    'importer',
    'lib',
    'device-files',
    'rules',
    'signature',
  ]
mayImport['console/explorer']!.push('samples')
mayImport['console/main.tsx'] = ['console/shell']
// Texts import the types of what they describe.
mayImport['console/texts'] = [
  'console/shell',
  'console/products',
  'console/import',
  'console/explorer',
  'console/batches',
  'client',
  'export',
  'importer',
  'lib',
  'device-files',
  'rules',
  'signature',
]
mayImport['console/shell'] = [
  'console/texts',
  'console/overview',
  'console/products',
  'console/import',
  'console/explorer',
  'console/batches',
  'console/groups',
  'console/access',
  'client',
  'export',
  'lib',
  'device-files',
  'rules',
]

// AssemblyScript, which is compiled to WebAssembly, is another language.
const files = globSync('src/**/*.{ts,tsx}').filter((file) => !file.startsWith('src/wasm/assembly/'))

function roomOf(path: string): string {
  const inside = path.slice('src/'.length)
  const rooms = Object.keys(mayImport).filter((room) => inside === room || inside.startsWith(`${room}/`))
  const room = rooms.sort((a, b) => b.length - a.length)[0]
  assert.ok(room, `${path} is in no room of the table`)
  return room
}

test('imports point inwards', () => {
  for (const file of files) {
    const room = roomOf(file)
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']*)'/g)) {
      // The catalogue is data for clients; styles and pictures are not code.
      if (/\.(json|svg|css)$/.test(target!)) continue
      const imported = roomOf(normalize(join(dirname(file), target!)))
      if (imported === room) continue
      assert.ok(
        mayImport[room]!.includes(imported),
        `${file} imports ${target}; ${room} may import ${mayImport[room]!.join(', ') || 'nothing'}`,
      )
    }
  }
})

test('what a browser runs, and all that it imports, needs nothing of Node', () => {
  const reached = new Set(
    globSync('src/{client,device-files,importer,signature,samples,console}/**/*.{ts,tsx}'),
  )
  // A set goes on over what is added to it meanwhile.
  for (const file of reached) {
    const text = readFileSync(file, 'utf8')
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '')
    // The samples contain programs for Node.
    const needs = file.startsWith('src/samples/')
      ? /from 'node:/
      : /'node:|\bBuffer\b|\bprocess\.|\brequire\(/
    assert.doesNotMatch(code, needs, file)
    for (const [, target] of text.matchAll(/(?:from |import\()'(\.[^']*\.tsx?)'/g))
      reached.add(normalize(join(dirname(file), target!)))
  }
  assert.ok(reached.has('src/lib/columns.ts') && reached.has('src/rules/device-list.ts'))
})

test('an operation lies in the folder of its family, in a file of its name', () => {
  const files = actions.map(({ name, family }) => {
    const file = name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
    return `src/actions/${family}/${file}.ts`
  })
  const existing = globSync('src/actions/*/*.ts').filter((file) => !file.startsWith('src/actions/shared/'))
  assert.deepEqual(files.sort(), existing.sort())
})

test('file names and identifiers avoid empty words', () => {
  for (const file of files) {
    assert.doesNotMatch(file, /manager|helper|util/i)
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\b\w*(Manager|Helper|Util)\b|\bTODO\b/, file)
  }
})

/**
 * Words that leave the actor or the quantity open ("whoever", "so many"), in comments, documents and the names of
 * tests.
 */
const vague = /\b(?:whoever|somebody|so many|but for)\b/i

/** Test names report results; nothing in them "tells" or is "told". */
const vagueInNames = /\b(?:told|tells|whoever|somebody|so many|but for)\b/i

test('texts name the actor and the quantity', () => {
  for (const file of globSync(['*.md', 'docs/**/*.md']))
    if (file !== 'docs/wire-facts.md') assert.doesNotMatch(readFileSync(file, 'utf8'), vague, file)
  for (const file of globSync('src/**/*.{ts,tsx}'))
    for (const [comment] of readFileSync(file, 'utf8').matchAll(/\/\*\*[\s\S]*?\*\/|^ *\/\/ .*$/gm))
      assert.doesNotMatch(comment, vague, file)
  for (const file of globSync('test/**/*.ts'))
    for (const [, , name] of readFileSync(file, 'utf8').matchAll(/\b(?:test|suite)\(\s*(['`])(.*?)\1/g))
      assert.doesNotMatch(name!, vagueInNames, file)
})

test('a doc comment begins with what the thing is or does', () => {
  for (const file of globSync(['{src,test,bench}/**/*.{ts,tsx}', 'scripts/*.ts']))
    for (const [comment] of readFileSync(file, 'utf8').matchAll(/^ *\/\*\*\s+(?:\* )?(\S.*)$/gm))
      assert.doesNotMatch(comment, /\/\*\*\s+(?:\* )?(?:Where|Of|What)\b/, file)
})
