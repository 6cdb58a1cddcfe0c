import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { csvOf, exportLinesOf } from '../../../src/console/access/key-files.ts'

const secrets = ['kqTzXW5oAbc', `it's "$HOME", \`id\` \\`]

for (const AccessKeySecret of secrets) {
  const made = { AccessKeyId: 'LTAI5tExample', AccessKeySecret, UserName: 'factory' }

  test(`a CSV file contains ${AccessKeySecret}`, () => {
    assert.deepEqual(parse(csvOf(made), { columns: true }), [
      { 'User Name': 'factory', 'AccessKey ID': 'LTAI5tExample', 'AccessKey Secret': AccessKeySecret },
    ])
  })

  test(`a shell reads ${AccessKeySecret} from export lines`, { skip: process.platform === 'win32' }, () => {
    const script = `${exportLinesOf(made)}printf '%s\\n%s' "$ALIBABA_CLOUD_ACCESS_KEY_ID" "$ALIBABA_CLOUD_ACCESS_KEY_SECRET"`
    const told = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })
    assert.deepEqual(told.split('\n'), ['LTAI5tExample', AccessKeySecret])
  })
}
