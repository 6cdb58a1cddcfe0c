import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporaryPlace } from '../support/process.ts'
import { lamps } from './served.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Bom {
  readonly bomFormat: string
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } }
  readonly components: readonly {
    readonly name: string
    readonly version: string
    readonly purl: string
    readonly hashes: readonly { readonly alg: string; readonly content: string }[]
    readonly properties: readonly { readonly name: string }[]
  }[]
}

/** A package's SBOM has all that is installed with it and all that its console is built of, and no tool of development. */
function assertBillOfMaterials(text: string): void {
  const { bomFormat, metadata, components }: Bom = JSON.parse(text)
  assert.equal(bomFormat, 'CycloneDX')
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  assert.deepEqual([metadata.component.name, metadata.component.version], ['rollcall', lock.version])
  const listed = new Set(components.map(({ name, version }) => `${name} ${version}`))
  for (const [place, { version, dev }] of Object.entries<{ version: string; dev?: true }>(lock.packages)) {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (place !== '' && !dev) assert.ok(listed.has(`${name} ${version}`), place)
  }
  const names = components.map(({ name }) => name)
  for (const bundled of ['react', 'react-dom', 'antd', 'fflate', '@noble/hashes'])
    assert.ok(names.includes(bundled))
  for (const tool of ['typescript', 'vite', 'playwright-core', 'fastify'])
    assert.ok(!names.includes(tool), tool)
  for (const { name, hashes, purl } of components) {
    assert.match(purl, /^pkg:npm\//)
    assert.match(hashes[0]?.alg ?? '', /^SHA-512$/, name)
  }
  // No folder and no registry of the machine that packed it.
  assert.ok(!text.includes(root) && !/registry/i.test(text))
}

test('the runtimes that npm installs beside it are pinned to one version each', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  assert.ok(Object.keys(optionalDependencies).length >= 5)
  for (const [name, version] of Object.entries<string>(optionalDependencies))
    assert.match(version, /^\d+\.\d+\.\d+$/, name)
})

/** Runs npm's own program in the clone. */
function npm(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout
}

test('the packed program works in a clean folder, with its own dependencies alone, on an older Node', async (t) => {
  const here = temporaryPlace(t)
  // The console, which is there before, may be being tried by another test.
  const before = existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : []
  t.after(() => {
    for (const entry of readdirSync(join(root, 'dist')))
      if (!before.includes(entry)) rmSync(join(root, 'dist', entry), { recursive: true })
  })
  const [packed] = JSON.parse(
    npm('pack', '--json', '--pack-destination', here.folder).replace(/^[^[]*(?=\[)/, ''),
  )
  const installed = here.file('node_modules/rollcall')
  mkdirSync(installed, { recursive: true })
  const unpacked = ['-xzf', here.file(packed.filename), '-C', installed, '--strip-components=1']
  assert.equal(spawnSync('tar', unpacked).status, 0)
  assertBillOfMaterials(readFileSync(join(installed, 'sbom.cdx.json'), 'utf8'))
  assert.match(readFileSync(join(installed, 'SECURITY.md'), 'utf8'), /vulnerability/)
  // As an installation would have them, without what only development needs.
  for (const folder of npm('ls', '--all', '--parseable', '--omit=dev').trim().split('\n').slice(1)) {
    const place = here.file(relative(root, folder))
    // A file in a listed folder is packed with the folder.
    if (relative(root, folder).split('node_modules').length > 2) continue
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(folder, place)
  }
  writeFileSync(
    here.file('older.cjs'),
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.9.0' } })",
  )
  const rollcall = (...args: string[]) => {
    const launcher = join(installed, 'bin', 'rollcall.cjs')
    return here.start(process.execPath, '--require', './older.cjs', launcher, ...args).ended
  }
  writeFileSync(here.file('devices.csv'), `${lamps(3)}lamp-1,"a""b",\n`)
  const checked = await rollcall('check', 'devices.csv', '--offline', '--json')
  assert.equal(checked.status, 1)
  assert.match(checked.stderr, /^devices\.csv: read as CSV[^\n]*\n$/)
  assert.equal(JSON.parse(checked.stdout).accepted, 3)
  for (const args of [
    ['--help'],
    ['call', 'QueryDevice', '--help'],
    ['completion', 'bash'],
    ['serve', '--help'],
  ]) {
    const { status, stderr } = await rollcall(...args)
    assert.deepEqual([status, stderr], [0, ''], args.join(' '))
  }
  const server = here.start(
    process.execPath,
    ...['--require', './older.cjs', join(installed, 'bin', 'rollcall.cjs'), 'serve'],
    ...['--ephemeral', '--port', '0', '--access-key-id', 'id', '--access-key-secret', 'secret'],
  )
  const [, console] = await server.until(/^the console is at (\S+)$/m)
  const page = await (await fetch(console!)).text()
  const [script] = /\/console\/assets\/[^"]+\.js/.exec(page)!
  assert.equal((await fetch(new URL(script, console))).status, 200)
})
