import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { suite, test } from 'node:test'
import { Buffers } from '../../src/http/buffers.ts'
import { BodyTooLarge, ClientGone, receive } from '../../src/http/receive.ts'

/** Buffers that see to it that each is given back once, and by nobody who has not taken it. */
class Watched extends Buffers {
  readonly out = new Set<Buffer>()

  override take(bytesMin: number): Buffer {
    const buffer = super.take(bytesMin)
    assert.ok(!this.out.has(buffer), 'a buffer was handed out twice')
    this.out.add(buffer)
    return buffer
  }

  override give(buffer: Buffer): void {
    assert.ok(this.out.delete(buffer), 'a buffer was given back that was not out')
    super.give(buffer)
  }
}

/** A request whose body the test writes. */
function messageOf(url: string, headers: Readonly<Record<string, string>> = {}) {
  const stream = new PassThrough()
  const rawHeaders = Object.entries(headers).flat()
  return Object.assign(stream, { method: 'POST', url, headers, rawHeaders }) as PassThrough & IncomingMessage
}

const max = 200_000

suite('receive', () => {
  for (const [what, headers, chunks] of [
    ['no body', {}, []],
    ['a body with its length', { 'content-length': '5' }, ['hello']],
    ['a body without its length', {}, ['hel', 'lo']],
    [
      'a body that outgrows its buffer several times',
      {},
      Array.from({ length: 10 }, () => 'x'.repeat(20_000)),
    ],
    ['a body longer than announced', { 'content-length': '1' }, ['x'.repeat(100_000)]],
    ['a body of exactly the limit', {}, ['x'.repeat(max)]],
  ] as const) {
    test(`joins query and body: ${what}`, async () => {
      const buffers = new Watched()
      const message = messageOf('/path?query=1', headers)
      const received = receive(message, max, buffers)
      for (const chunk of chunks) message.write(chunk)
      message.end()
      const { path, bytes, queryEnd, end } = await received
      const read = [path, bytes.toString('latin1', 0, queryEnd), bytes.toString('latin1', queryEnd, end)]
      assert.deepEqual(read, ['/path', 'query=1', chunks.join('')])
      assert.deepEqual([...buffers.out], [bytes])
      buffers.give(bytes)
    })
  }

  for (const [what, headers, spoil, Problem] of [
    ['the client is gone', {}, (message: PassThrough) => message.destroy(), ClientGone],
    ['the connection breaks', {}, (message: PassThrough) => message.destroy(new Error('reset')), ClientGone],
    ['the body is too large', {}, (message: PassThrough) => message.write('x'.repeat(max)), BodyTooLarge],
    ['too large a body is announced', { 'content-length': `${max + 1}` }, () => {}, BodyTooLarge],
    [
      'the body is too large and the client is gone',
      {},
      (message: PassThrough) => message.write('x'.repeat(max), () => message.destroy()),
      BodyTooLarge,
    ],
  ] as const) {
    test(`gives its buffer back, once, when ${what}`, async () => {
      const buffers = new Watched()
      const message = messageOf('/?a=b', headers)
      const received = receive(message, max, buffers)
      message.write('hello')
      spoil(message)
      await assert.rejects(received, Problem)
      assert.equal(buffers.out.size, 0)
      // Whatever still arrives goes nowhere.
      if (!message.destroyed) message.resume().end('and more')
      message.destroy()
    })
  }

  test('keeps every value of a repeated header, under its name in lower case', async () => {
    const message = messageOf('/')
    message.rawHeaders.push('X-Acs-A', '1', 'x-acs-a', '2', 'Host', 'h')
    const received = receive(message, max, new Buffers())
    message.end()
    assert.deepEqual(
      [...(await received).headers],
      [
        ['x-acs-a', ['1', '2']],
        ['host', ['h']],
      ],
    )
  })
})

suite('buffers', () => {
  test('a buffer is used again, for a request that fits into it', () => {
    const buffers = new Buffers()
    const first = buffers.take(50_000)
    assert.ok(first.length >= 50_000)
    buffers.give(first)
    assert.notEqual(buffers.take(first.length + 1), first)
    assert.equal(buffers.take(10), first)
    assert.notEqual(buffers.take(10), first)
  })

  test('a huge buffer is not kept, nor more than a few', () => {
    const buffers = new Buffers()
    const huge = buffers.take(9_000_000)
    buffers.give(huge)
    assert.notEqual(buffers.take(9_000_000), huge)

    const many = Array.from({ length: 20 }, () => buffers.take(1000))
    for (const buffer of many) buffers.give(buffer)
    const again = Array.from({ length: 20 }, () => buffers.take(1000))
    assert.equal(again.filter((buffer) => many.includes(buffer)).length, 8)
    assert.equal(new Set(again).size, 20)
  })
})
