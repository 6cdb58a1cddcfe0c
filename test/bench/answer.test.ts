import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerReader } from '../../bench/load/answer.ts'

const answer = (body: string, ...headers: string[]) =>
  Buffer.from(
    ['HTTP/1.1 200 OK', ...headers, `Content-Length: ${body.length}`, '', body].join('\r\n'),
    'latin1',
  )

test('answers are read one after the other, however they are cut', () => {
  const long = 'x'.repeat(200_000)
  for (const size of [1, 7, 4096, 1_000_000]) {
    const reader = new AnswerReader()
    for (const body of ['{"Success":true}', '', long, 'end']) {
      const bytes = answer(body)
      for (let at = 0; at < bytes.length; at += size) {
        assert.equal(reader.take(bytes.subarray(at, at + size)), at + size >= bytes.length)
      }
      assert.equal(reader.status, 200)
      assert.equal(reader.body.toString('latin1'), body)
      assert.equal(reader.closes, false)
    }
  }
})

test('an answer may end its connection', () => {
  const reader = new AnswerReader()
  assert.ok(reader.take(answer('ok', 'connection: close')))
  assert.equal(reader.closes, true)
})

test('what is no answer of a known length is an error', () => {
  const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')
  assert.throws(() => new AnswerReader().take(chunked), /no answer of a known length/)
  const more = Buffer.concat([answer('ok'), Buffer.from('!')])
  assert.throws(() => new AnswerReader().take(more), /more bytes/)
})
