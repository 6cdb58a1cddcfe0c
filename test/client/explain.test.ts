import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashes } from '../../src/cli/endpoint/send.ts'
import { explain } from '../../src/client/explain.ts'
import { sign } from '../../src/client/sign.ts'

const key = { id: 'testid', secret: 'testsecret' }
const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,8}(\.[1-9]\d?(\.[A-Z][a-z]{0,5})?)?$/)
const parameters = fc.dictionary(
  fc.oneof(name, fc.constant('ProductKey')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

test('the steps are those of the request that is sent', () => {
  fc.assert(
    fc.property(
      parameters,
      fc.constantFrom('v1', 'v3'),
      fc.constantFrom('JSON', 'XML'),
      (parameters, version, format) => {
        const call = { action: 'QueryDevice', version: '2018-01-20', parameters, format } as const
        const fresh = { nonce: 'nonce-0001', now: Date.UTC(2024, 0, 2, 3, 4, 5, 678) }
        const sent = sign(version as 'v1', 'host:8080', call, key, fresh, hashes)
        const steps = new Map(
          explain(version as 'v1', 'host:8080', call, key, fresh, hashes).map((step) => [
            step.name,
            step.text,
          ]),
        )
        const signature = steps.get('signature')!
        if (version === 'v1') {
          const form = new URLSearchParams(Buffer.from(sent.body).toString())
          assert.equal(form.get('Signature'), signature)
          assert.equal(form.get('Format'), format)
          assert.equal(sent.stringToSign(), steps.get('stringToSign'))
        } else {
          assert.equal(sent.headers.authorization, steps.get('authorization'))
          assert.equal(sent.headers.accept, format === 'XML' ? 'application/xml' : 'application/json')
          assert.ok(sent.headers.authorization?.endsWith(signature))
          assert.equal(Buffer.from(sent.body).toString(), steps.get('payload'))
          assert.equal(sent.headers['x-acs-content-sha256'], steps.get('payloadHash'))
        }
      },
    ),
  )
})
