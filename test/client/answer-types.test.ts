import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerTypes } from '../../scripts/answer-types.ts'
import { bool, int, list, optional, struct, text, wrappedList } from '../../src/api/shape.ts'

test('the types of answers follow from the declarations', () => {
  const answer = {
    Total: int(),
    Kind: text('The kind.', { values: ['Import', 'Check'] }),
    Name: optional(text()),
    Data: struct({ Names: list(text()), Device: wrappedList('device', struct({ Disabled: bool() })) }),
  }
  const action = { name: 'QueryLamps', answer } as unknown as Parameters<typeof answerTypes>[0][number]
  assert.match(
    answerTypes([action]).replaceAll(/\s+/g, ' '),
    /readonly QueryLamps: \{ readonly Total: number; readonly Kind: "Import" \| "Check"; readonly Name\?: string; readonly Data: \{ readonly Names: readonly \(string\)\[\]; readonly Device: \{ readonly device: readonly \(\{ readonly Disabled: boolean \}\)\[\] \} \} \}/,
  )
})
