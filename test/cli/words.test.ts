import assert from 'node:assert/strict'
import { test } from 'node:test'
import { damageInWords } from '../../src/cli/fleet/words.ts'

test('damage is told with its first line and how often', () => {
  const lines = (['RoundedNumber', 'LostLeadingZeros', 'Apostrophe', 'ShownZeros'] as const).map((code) =>
    damageInWords({ code, field: 'sn', line: 1234, count: 5678 }),
  )
  assert.equal(new Set(lines).size, lines.length)
  for (const line of lines) assert.match(line, /^5,678 of the serial numbers .*\(line 1,234 is the first\)/)
})
