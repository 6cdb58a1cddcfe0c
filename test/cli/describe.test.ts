import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeFinding } from '../../src/cli/check/describe.ts'

test('what was found in the rows is printed with its first line and how often', () => {
  const codes = ['RepeatedHeader', 'ShownByFormat', 'SameSecret'] as const
  const lines = codes.map((code) => describeFinding({ code, field: 'sn', line: 1234, count: 5678 }))
  assert.equal(new Set(lines).size, lines.length)
  for (const line of lines) assert.match(line, /^5,678 .*\(line 1,234 is the first\)/)
})
