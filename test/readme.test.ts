import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { actions } from '../src/actions/index.ts'
import { families } from '../src/api/action.ts'
import { credentials, startServer } from './support/server.ts'

// Goal: every client example of the README runs as it stands and reaches the server.
const examples = [...readFileSync('README.md', 'utf8').matchAll(/^### (.*?)\n+```js\n(.*?)```/gms)].map(
  ([, title, code]) => ({ title: title!, code: code! }),
)

const expected: Record<string, RegExp> = {
  '@alicloud/iot20180120, the typed SDK': /^true \[ 'lamp%' \]/,
  '@alicloud/pop-core': /The device secret is illegal\. \| The device name is repeated\./,
  '@alicloud/rpc-client': /Success: true/,
  '@alicloud/openapi-core': /Success: true/,
}

test('the README has an example for each client', () => {
  assert.deepEqual(
    examples.map(({ title }) => title),
    Object.keys(expected),
  )
})

// Anybody may register a free name: npx without --no-install would fetch and run what that one has published.
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

test('the README’s table has every operation in the row of its family', () => {
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) =>
        line
          .split('|')[2]
          ?.match(/\b[A-Z][a-z]+[A-Z]\w+/g)
          ?.sort(),
      )
      .filter((names) => names && names.length > 2)
    const byFamily = families.map((family) =>
      actions.filter((action) => action.family === family).map(({ name }) => name),
    )
    assert.deepEqual(rows, byFamily, file)
  }
})

for (const { title, code } of examples) {
  test(`the README’s example runs: ${title}`, async () => {
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

test('the README in Chinese has the same code, and the same operations', () => {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((file) => readFileSync(file, 'utf8'))
  const blocks = (text: string) => [...text.matchAll(/^```.*?^```$/gms)].map(([block]) => block)
  assert.deepEqual(blocks(chinese!), blocks(english!))
  const names = (text: string) => new Set(text.match(/\b[A-Z][a-z]+[A-Z][A-Za-z]+\b/g))
  assert.deepEqual(
    [...names(english!)].filter((name) => !names(chinese!).has(name)),
    [],
  )
})
