import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Parameter } from '../../src/signature/percent.ts'
import { stringToSignV1 } from '../../src/signature/v1.ts'
import { canonicalRequestV3 } from '../../src/signature/v3.ts'
import { type Exchange, play } from '../support/wire-case.ts'
import { readXml } from '../support/wire-members.ts'
import { cases } from './cases.ts'

const formats = ['JSON', 'XML'] as const
const playNamed = (name: string, format: 'JSON' | 'XML') =>
  play(cases.find((wireCase) => wireCase.folder === 'gateway' && wireCase.name === name)!, format)

function messageOf({ answer }: Exchange, format: 'JSON' | 'XML'): string {
  const members = format === 'JSON' ? JSON.parse(answer.body) : readXml(answer.body).members
  return (members as { Message: string }).Message
}

for (const format of formats) {
  for (const name of ['wrong-signature', 'incomplete-signature']) {
    // Older Java clients cut the message here and compare the rest with their own string (wire-facts §3).
    test(`the message of ${name} in ${format} ends with exactly what the server signed`, async () => {
      const exchange = await playNamed(name, format)
      const message = messageOf(exchange, format)
      const mark = 'string to sign is:'
      const { method, body } = exchange.call!
      const ours = stringToSignV1(method, body as readonly Parameter[])
      assert.equal(message.slice(message.indexOf(mark) + mark.length), ours)
    })
  }

  test(`the message of a wrong V3 signature in ${format} has both strings in brackets`, async () => {
    const exchange = await playNamed('wrong-signature-v3', format)
    const { headers, query } = exchange.call!
    const signedHeaders = /SignedHeaders=([^,]*)/.exec(headers.authorization!)![1]!.split(';')
    const canonicalRequest = canonicalRequestV3({
      method: 'POST',
      path: '/',
      query,
      headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
      signedHeaders,
      payloadHash: headers['x-acs-content-sha256']!,
    })
    const hash = createHash('sha256').update(canonicalRequest).digest('hex')
    assert.equal(
      messageOf(exchange, format),
      'Specified signature does not match our calculation. ' +
        `server StringToSign is [ACS3-HMAC-SHA256\n${hash}] server CanonicalRequest is [${canonicalRequest}]`,
    )
  })
}

test('the error for a wrong signature reveals neither the right one nor the secret', async () => {
  for (const [name, format] of [
    ['wrong-signature', 'JSON'],
    ['wrong-signature-v3', 'JSON'],
    ['incomplete-signature', 'XML'],
  ] as const) {
    const { answer, call } = await playNamed(name, format)
    const parameters = typeof call!.body === 'string' ? [] : call!.body
    const signature =
      new Map(parameters).get('Signature') ?? /Signature=(\w+)$/.exec(call!.headers.authorization!)![1]!
    if (name !== 'incomplete-signature') assert.ok(!answer.body.includes(signature), name)
    assert.ok(!answer.body.includes('testsecret'), name)
  }
})
