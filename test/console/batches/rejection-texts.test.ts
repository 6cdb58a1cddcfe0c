import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rejectionTexts } from '../../../src/console/batches/rejection-texts.ts'
import { nameList } from '../../../src/rules/name-list.ts'

test('every reason of a rejected name has a Chinese text, alone and combined', () => {
  const { reason, takenReason } = nameList.repeated
  const reasons = [...nameList.checks.map(({ reason }) => reason), reason, takenReason]
  for (const one of reasons) {
    for (const told of [one, `${one} | ${reason}`]) {
      assert.doesNotMatch(rejectionTexts.zh(told), /[a-z|]/i, told)
      assert.equal(rejectionTexts.en(told), told)
    }
  }
})
