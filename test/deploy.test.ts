import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { suite, test } from 'node:test'
import { settings, variableOf } from '../src/settings.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const variables = new Set(['ROLLCALL_MASTER_KEY', ...Object.values(settings).map(variableOf)])

for (const file of [
  'Dockerfile',
  'compose.yaml',
  'deploy/healthcheck.mjs',
  'deploy/rollcall.service',
  'docs/guide/running.md',
  'docs/guide/proxies.md',
]) {
  test(`${file} names settings that there are`, () => {
    for (const [variable] of read(file).matchAll(/ROLLCALL_[A-Z_]+/g)) {
      assert.ok(variables.has(variable), variable)
    }
  })
}

suite('the image', () => {
  test('is made of files that there are, and that the build is given', () => {
    const paths = [...read('.dockerignore').matchAll(/^!(.*)$/gm)].map(([, path]) => path!)
    for (const path of paths) assert.ok(existsSync(path), path)
    const copied = [...read('Dockerfile').matchAll(/^COPY (?:--from=build )?(.*) \S+$/gm)]
    const names = copied.flatMap(([, sources]) =>
      sources!.split(' ').map((name) => name.replace('/app/', '')),
    )
    const made = ['.', 'node_modules', 'dist', 'sbom.cdx.json']
    for (const name of names) assert.ok(made.includes(name) || paths.includes(name), name)
    const isGiven = (file: string) => paths.some((path) => file === path || file.startsWith(`${path}/`))
    for (const file of globSync('{scripts,src}/**/*.{ts,tsx}').filter(isGiven)) {
      for (const [, target] of read(file).matchAll(/(?:from |import\()'(\.[^']*)'/g)) {
        const imported = normalize(join(dirname(file), target!))
        assert.ok(isGiven(imported), `${file} imports ${imported}, which the build is not given`)
      }
    }
  })
})

test('every image is named once, so that its digest is set in one place', () => {
  const dockerfile = read('Dockerfile')
  assert.match(dockerfile, /^ARG NODE_IMAGE=node:24-bookworm-slim$/m)
  for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) assert.match(image!, /^\$\{NODE_IMAGE\}$/)
  const compose = read('compose.yaml')
  for (const variable of ['NODE_IMAGE', 'NGINX_IMAGE', 'POSTGRES_IMAGE'])
    assert.match(compose, new RegExp(`\\$\\{${variable}:-[a-z]+:[\\w.-]+\\}`), variable)
})

suite('the unit', () => {
  const systemd = spawnSync('systemd-analyze', ['--version']).status === 0
  test('is one that systemd takes', { skip: !systemd && 'there is no systemd-analyze' }, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const unit = join(folder, 'rollcall.service')
    // It would complain of a program that is not installed.
    writeFileSync(unit, read('deploy/rollcall.service').replace('/usr/local/bin/rollcall', process.execPath))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''])
  })

  test('gives a stop more time than draining and the longest request together', () => {
    const text = read('deploy/rollcall.service')
    const drain = Number(/ROLLCALL_DRAIN_SECONDS=(\d+)/.exec(text)![1])
    const given = Number(/TimeoutStopSec=(\d+)/.exec(text)![1])
    assert.ok(given > drain + Number(settings.requestTimeoutSeconds.default))
  })
})
