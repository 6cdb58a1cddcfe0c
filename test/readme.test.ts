import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { actions } from '../src/actions/index.ts'
import { credentials, startServer } from './support/server.ts'

// Every client example of the README and of the guide to clients runs as it stands and reaches the server.
const examples = ['README.md', 'docs/guide/clients.md'].flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^##+ ([^\n]*)\n+```js\n(.*?)```/gms)].map(([, title, code]) => ({
    title: title!,
    code: code!,
  })),
)

const expected: Record<string, RegExp> = {
  'Call it': /^true \[ 'lamp%' \]/,
  '@alicloud/iot20180120, the typed SDK': /^true \[ 'lamp%' \]/,
  '@alicloud/pop-core': /The device secret is illegal\. \| The device name is repeated\./,
  '@alicloud/rpc-client': /Success: true/,
  '@alicloud/openapi-core': /Success: true/,
}

test('there is an example for each client', () => {
  assert.deepEqual(
    examples.map(({ title }) => title),
    Object.keys(expected),
  )
})

// A free package name can be registered by anyone: npx without --no-install would fetch and run that package.
test('no text has npx fetch a program by the name of rollcall', () => {
  const files = globSync([
    '*.{md,json,yaml}',
    'Dockerfile',
    '{bin,deploy,docs,src,bench,scripts}/**/*.{md,1,ts,tsx,cjs,mjs,json,sql,conf,service,sh}',
  ])
  assert.ok(files.includes('README.zh-CN.md') && files.includes('src/samples/rollcall.ts'))
  for (const file of files)
    for (const [text, next] of readFileSync(file, 'utf8').matchAll(/\bnpx +(-\S+|rollcall)/g))
      assert.equal(next, '--no-install', `${file}: ${text}`)
})

test('the README counts the operations', () => {
  const cloud = actions.filter(({ family }) => family !== 'own').length
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(file, 'utf8')
    assert.match(text, new RegExp(`\\b${cloud - 1} (companion operations|个配套操作)`), file)
    assert.match(text, new RegExp(`\\| ${actions.length} (operations|个操作)\\s*\\|`), file)
  }
})

for (const { title, code } of examples) {
  test(`the example runs: ${title}`, async () => {
    const server = await startServer()
    try {
      const env = {
        ...process.env,
        ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
        ROLLCALL_ENDPOINT: server.url,
        ROLLCALL_PRODUCT_KEY: credentials.productKey,
        ROLLCALL_INSTANCE_ID: credentials.instanceId,
        ROLLCALL_INSTANCE_PRODUCT_KEY: credentials.instanceProductKey,
      }
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
        env,
      })
      assert.match(stdout, expected[title]!)
    } finally {
      await server.close()
    }
  })
}

test('pages in both languages have the same code', () => {
  for (const [english, chinese] of [
    ['README.md', 'README.zh-CN.md'],
    ['docs/guide/clients.md', 'docs/guide/clients.zh-CN.md'],
  ] as const) {
    const blocks = (file: string) =>
      [...readFileSync(file, 'utf8').matchAll(/^```.*?^```$/gms)].map(([block]) => block)
    assert.deepEqual(blocks(chinese), blocks(english), english)
  }
})

test('every link between pages leads to a file', () => {
  for (const file of globSync(['*.md', 'docs/**/*.md'])) {
    for (const [, target] of readFileSync(file, 'utf8').matchAll(
      /\]\(([^)#:\s]+)(?:#[^)]*)?\)|(?:src|srcset)="([^"]+)"/g,
    )) {
      if (target === undefined) continue
      assert.ok(existsSync(join(dirname(file), target)), `${file} links to ${target}`)
    }
  }
})
