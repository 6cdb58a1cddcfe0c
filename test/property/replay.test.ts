import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { action, bytesOf, type Captured, capturedV1, capturedV3, openRecorder } from '../support/captured.ts'
import { damage, rewriting } from '../support/rewritings.ts'

// Goal: who sees a signed request cannot have anything done with it twice, nor anything else done than it says.
// Method: calls as clients send them, rewritten in every way that a signature may not cover, through node's own parser;
// both the rewritten call after the original one, and before it.

const recorder = await openRecorder()
after(() => recorder.close())

/** The operation that an original call runs. */
const meant = await recorder
  .send(bytesOf(capturedV3('meant', 'query')))
  .then(({ ran }) => ran[0] ?? 'nothing was run')
assert.match(meant, new RegExp(`^${action} .*lamp 1`))

let calls = 0
/** A nonce that was never used, with something in it that could be written in two ways. */
const fresh = (inside = '') => `n${calls++}${inside}`

/** Sends requests in turn; together they run what was meant, once at the most. Gives how many ran. */
async function runsAtMostOnce(requests: readonly Buffer[]): Promise<number> {
  const ran: string[] = []
  for (const request of requests) ran.push(...(await recorder.send(request)).ran)
  const shown = () => requests.map((request) => JSON.stringify(request.toString('latin1'))).join('\n')
  assert.ok(ran.length <= 1, `it ran ${ran.length} times:\n${shown()}`)
  for (const what of ran) assert.equal(what, meant, shown())
  return ran.length
}

const kinds: readonly (readonly [name: string, make: (nonce: string) => Captured])[] = [
  ['V1 by GET', (nonce) => capturedV1(nonce, 'query', 'GET')],
  ['V1 in the query', (nonce) => capturedV1(nonce, 'query')],
  ['V1 in a form', (nonce) => capturedV1(nonce, 'form')],
  ['V1 in a multipart form', (nonce) => capturedV1(nonce, 'multipart')],
  ['V3 in the query', (nonce) => capturedV3(nonce, 'query')],
  ['V3 in a form', (nonce) => capturedV3(nonce, 'form')],
  ['V3 in a form of unsigned type', (nonce) => capturedV3(nonce, 'form', { signsType: false })],
  ['V3 in JSON', (nonce) => capturedV3(nonce, 'json')],
  ['V3 in a multipart form', (nonce) => capturedV3(nonce, 'multipart')],
  ['V3 with more headers', (nonce) => capturedV3(nonce, 'query', { headers: [['accept-language', 'b, a']] })],
]

for (const [name, make] of kinds) {
  test(`${name}: the call runs, and its repetition does not`, async () => {
    const request = bytesOf(make(fresh()))
    assert.equal(await runsAtMostOnce([request, request, request]), 1)
    assert.equal((await recorder.send(request)).code, 'SignatureNonceUsed')
  })
}

// Each of these ran twice once, or would in a server that reads headers as JavaScript trims and joins them.
const nonceHeader = 'x-acs-signature-nonce'
const withNonce = (call: Captured, ...values: string[]): Captured => ({
  ...call,
  headers: call.headers.flatMap((header) =>
    header[0] === nonceHeader ? values.map((value) => [nonceHeader, value] as const) : [header],
  ),
})
for (const [what, inside, rewritten] of [
  ['a no-break space behind it', '', (call, nonce) => withNonce(call, `${nonce}\xa0`)],
  ['three of them', '', (call, nonce) => withNonce(call, `${nonce}\xa0\xa0\xa0`)],
  ['one before it', '', (call, nonce) => withNonce(call, `\xa0${nonce}`)],
  ['spaces and tabs around it', '', (call, nonce) => withNonce(call, ` \t${nonce}\t `)],
  ['its halves in two headers', ',b', (call, nonce) => withNonce(call, ...nonce.split(','))],
  [
    'its halves in two headers, turned',
    ',b',
    (call, nonce) => withNonce(call, ...nonce.split(',').reverse()),
  ],
  ['the same header twice', '', (call, nonce) => withNonce(call, nonce, nonce)],
  ['another first, and empty', '', (call, nonce) => withNonce(call, '', nonce)],
] as const satisfies readonly (readonly [string, string, (call: Captured, nonce: string) => Captured])[]) {
  test(`a nonce with ${what} is no other nonce`, async () => {
    for (const before of [true, false]) {
      const nonce = fresh(inside)
      const call = capturedV3(nonce, 'query')
      const requests = [bytesOf(call), bytesOf(rewritten(call, nonce))]
      await runsAtMostOnce(before ? requests.reverse() : requests)
    }
  })

  test(`a call signed with a nonce that has ${what} runs once`, async () => {
    const nonce = fresh(inside)
    const [, sent] = rewritten(capturedV3(nonce, 'query'), nonce).headers.find(
      ([name]) => name === nonceHeader,
    )!
    const call = capturedV3(sent, 'query')
    await runsAtMostOnce([
      bytesOf(call),
      bytesOf(withNonce(call, nonce)),
      bytesOf(withNonce(call, `${sent}\xa0`)),
    ])
  })
}

for (const name of [nonceHeader, 'x-acs-action', 'x-acs-extra', 'host', 'content-type', 'authorization']) {
  test(`a call with two headers ${name} is refused, whatever their values`, async () => {
    const call = capturedV3(fresh(), 'form', { headers: [['x-acs-extra', 'x']] })
    const { ran, code } = await recorder.send(
      bytesOf({ ...call, headers: [...call.headers, call.headers.find((header) => header[0] === name)!] }),
    )
    assert.deepEqual([ran, code], [[], 'MalformedRequest'])
  })
}

test('the description of a body can’t be changed in transit', async () => {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', '', undefined]) {
    const call = capturedV3(fresh(), 'json', { signsType: false })
    const others = call.headers.filter(([name]) => name !== 'content-type')
    const headers = type === undefined ? others : [...others, ['content-type', type] as const]
    const { ran, code } = await recorder.send(bytesOf({ ...call, headers }))
    assert.deepEqual(ran, [], type)
    assert.match(code, /^(IncompleteSignature|InvalidForm)$/, type)
  }
})

for (const [what, before] of [
  ['nothing', ''],
  ['a byte order mark', '\xef\xbb\xbf'],
  ['a few spaces', ' \t\r\n'],
  ['many spaces', ' '.repeat(1000)],
  ['more spaces', '\n'.repeat(5000)],
  ['a mark and spaces', '\xef\xbb\xbf\n\n'],
] as const) {
  test(`JSON with ${what} before it is no form`, async () => {
    const json = `${before}{"a":"&DeviceName=other"}`
    const call = capturedV3(fresh(), 'form', { signsType: false, body: json })
    assert.deepEqual(await recorder.send(bytesOf(call)), { ran: [], code: 'InvalidForm' })
  })
}

const nonceInside = fc.constantFrom('', ',b', ' b', '+b', '%41', 'ä', ';b', ' ,b ,a')

for (const [name, make] of kinds) {
  test(`${name}: rewritten in any way, the intended call runs at most once`, async () => {
    let ran = 0
    const property = fc.asyncProperty(
      fc.array(rewriting, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      nonceInside,
      async (rewritings, first, inside) => {
        const call = make(fresh(inside))
        const rewritten = bytesOf(rewritings.reduce((call, rewrite) => rewrite(call), call))
        const both = [bytesOf(call), rewritten]
        ran += await runsAtMostOnce(first ? both.reverse() : both)
      },
    )
    await fc.assert(property, { numRuns: 150 })
    assert.ok(ran > 75, `only ${ran} ran at all`)
  })

  test(`${name}: with any byte changed, the intended call runs at most once`, async () => {
    const property = fc.asyncProperty(damage, fc.boolean(), async ({ at, byte, removed, added }, first) => {
      const whole = bytesOf(make(fresh()))
      const place = at % whole.length
      const changed = Buffer.concat([
        whole.subarray(0, place),
        Buffer.alloc(added, byte),
        whole.subarray(place + removed),
      ])
      await runsAtMostOnce(first ? [changed, whole] : [whole, changed])
    })
    await fc.assert(property, { numRuns: 80 })
  })
}
