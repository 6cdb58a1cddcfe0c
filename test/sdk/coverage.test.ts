import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as iot from '@alicloud/iot20180120'
import { actions } from '../../src/actions/index.ts'

const tests = globSync('test/sdk/**/*.test.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

test('the official SDK drives every operation that it has a method for', () => {
  const methods = Object.getOwnPropertyNames(iot.default.default.prototype)
  const missing = actions
    .map(({ name }) => `${name[0]!.toLowerCase()}${name.slice(1)}`)
    .filter((method) => methods.includes(method) && !tests.includes(`.${method}(`))
  assert.deepEqual(missing, [])
})
