import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatsOf } from '../support/wire-case.ts'
import { goldenAnswer, updating } from '../support/wire-golden.ts'
import { asReadFromXml, readXml } from '../support/wire-members.ts'
import { cases } from './cases.ts'

/** Golden files are read here, so this waits while they are written anew. */
const skip = updating && 'the golden files are being written anew'

/** A message that quotes the string to sign quotes Format in it, which is what differs between the two. */
const withoutFormat = (text: string) => text.replace(/Format%3D(JSON|XML)/, 'Format%3D')

for (const wireCase of cases.filter((wireCase) => formatsOf(wireCase).length === 2)) {
  test(`XML has the content of JSON: ${wireCase.folder} ${wireCase.name}`, { skip }, () => {
    const json = JSON.parse(withoutFormat(goldenAnswer(wireCase, 'JSON').body))
    const { members } = readXml(withoutFormat(goldenAnswer(wireCase, 'XML').body))
    // The listener knows no Host header when it answers in JSON.
    if (wireCase.listener !== undefined) json.HostId = (members as { HostId: string }).HostId
    assert.deepEqual(members, asReadFromXml(json))
  })
}

test('XML is well-formed by its own rules: no bare &, no control characters, one declaration', {
  skip,
}, () => {
  for (const wireCase of cases.filter((wireCase) => formatsOf(wireCase).includes('XML'))) {
    const { body } = goldenAnswer(wireCase, 'XML')
    assert.match(body, /^<\?xml version="1\.0" encoding="UTF-8"\?><\w+>/, wireCase.name)
    assert.doesNotMatch(body, /&(?!(amp|lt|gt|quot|apos|#13);)/, wireCase.name)
    assert.doesNotMatch(body, /[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u, wireCase.name)
    assert.doesNotMatch(body, /\]\]>/, wireCase.name)
  }
})
