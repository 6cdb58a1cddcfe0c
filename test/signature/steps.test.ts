import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Step, stepsV1, stepsV3 } from '../../src/signature/steps.ts'
import { hmacSha1, sha256 } from '../support/hashes.ts'
import { device1, official } from '../support/vectors.ts'

const textOf = (steps: readonly Step[], wanted: Step['name']) =>
  steps.find(({ name }) => name === wanted)?.text

for (const { name, method, parameters, signature } of official) {
  test(`the steps of V1 end in the documents’ signature: ${name}`, () => {
    const steps = stepsV1(method, parameters, 'testsecret', hmacSha1)
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['parameters', 'canonicalQuery', 'stringToSign', 'signature'],
    )
    assert.equal(textOf(steps, 'signature'), signature)
    const twice = encodeURIComponent(textOf(steps, 'canonicalQuery')!)
    assert.equal(textOf(steps, 'stringToSign'), `${method}&%2F&${twice}`)
  })
}

for (const { name, request, canonicalHash, signature } of device1) {
  test(`the steps of V3 end in the signature of wire-facts §2.2: ${name}`, () => {
    const steps = stepsV3(request, 'the body', 'testid', 'testsecret', sha256)
    if (canonicalHash !== undefined) assert.equal(textOf(steps, 'canonicalRequestHash'), canonicalHash)
    assert.equal(textOf(steps, 'signature'), signature)
    assert.equal(textOf(steps, 'payloadHash'), request.payloadHash)
    assert.ok(textOf(steps, 'canonicalRequest')!.includes(`\n${textOf(steps, 'canonicalQuery')!}\n`))
    assert.ok(textOf(steps, 'authorization')!.endsWith(`,Signature=${signature}`))
  })
}

test('no step shows the secret', () => {
  for (const { text } of [
    ...stepsV1('POST', official[3]!.parameters, 'testsecret', hmacSha1),
    ...stepsV3(device1[0]!.request, '', 'testid', 'testsecret', sha256),
  ])
    assert.ok(!text.includes('testsecret'))
})
