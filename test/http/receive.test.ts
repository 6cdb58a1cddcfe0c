import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { suite, test } from 'node:test'
import { type Buffers, separateBuffers, sizeOf } from '../../src/http/buffers.ts'
import { headOf } from '../../src/http/head.ts'
import { Memory, type MemoryOptions } from '../../src/http/memory.ts'
import { MemoryLease } from '../../src/http/memory-lease.ts'
import { admitHead, ClientGone, NotReceived, receive } from '../../src/http/receive.ts'

/** Buffers that see to it that each is given back once, and by nobody who has not taken it. */
class Watched implements Buffers {
  readonly out = new Set<Buffer>()

  take(size: number): Buffer {
    const buffer = separateBuffers.take(size)
    assert.ok(!this.out.has(buffer), 'a buffer was handed out twice')
    this.out.add(buffer)
    return buffer
  }

  give(buffer: Buffer): void {
    assert.ok(this.out.delete(buffer), 'a buffer was given back that was not out')
    separateBuffers.give(buffer)
  }
}

/** A request whose body the test writes. */
function messageOf(url: string, headers: Readonly<Record<string, string>> = {}) {
  const stream = new PassThrough()
  const rawHeaders = Object.entries(headers).flat()
  return Object.assign(stream, { method: 'POST', url, headers, rawHeaders }) as PassThrough & IncomingMessage
}

const max = 200_000
const chunked = { 'transfer-encoding': 'chunked' }

/** Receives as the listener does, from a memory whose buffers are watched. */
function receiving(message: IncomingMessage, options: Partial<MemoryOptions> = {}) {
  const buffers = new Watched()
  const memory = new Memory({ bytesMax: 2 ** 20, buffers, ...options })
  const share = new MemoryLease(memory)
  const received = (async () => {
    const head = headOf(message)
    admitHead(head, share, max)
    return receive(message, head, share, max)
  })()
  return { received, buffers, memory, share }
}

suite('receive', () => {
  for (const [what, headers, chunks] of [
    ['no body', {}, []],
    ['a body with its length', { 'content-length': '5' }, ['hello']],
    ['a body without its length', chunked, ['hel', 'lo']],
    [
      'a body that outgrows its buffer several times',
      chunked,
      Array.from({ length: 10 }, () => 'x'.repeat(20_000)),
    ],
    ['a body longer than announced', { 'content-length': '1' }, ['x'.repeat(100_000)]],
    ['a body of exactly the limit', chunked, ['x'.repeat(max)]],
  ] as const) {
    test(`joins query and body: ${what}`, async () => {
      const message = messageOf('/path?query=1', headers)
      const { received, buffers, memory, share } = receiving(message)
      for (const chunk of chunks) message.write(chunk)
      message.end()
      const { path, bytes, queryEnd, end } = await received
      const read = [path, bytes.toString('latin1', 0, queryEnd), bytes.toString('latin1', queryEnd, end)]
      assert.deepEqual(read, ['/path', 'query=1', chunks.join('')])
      assert.deepEqual([...buffers.out], [bytes])
      assert.ok(bytes.length >= Math.ceil(1.25 * end) + 16, `${bytes.length} bytes for ${end}`)
      assert.equal(memory.heldBytes, bytes.length)
      share.release()
      assert.deepEqual([buffers.out.size, memory.heldBytes], [0, 0])
    })
  }

  for (const [what, headers, spoil, Problem] of [
    ['the client is gone', chunked, (message: PassThrough) => message.destroy(), ClientGone],
    [
      'the connection breaks',
      chunked,
      (message: PassThrough) => message.destroy(new Error('reset')),
      ClientGone,
    ],
    ['the body is too large', chunked, (message: PassThrough) => message.write('x'.repeat(max)), NotReceived],
    ['too large a body is announced', { 'content-length': `${max + 1}` }, () => {}, NotReceived],
    [
      'the body is too large and the client is gone',
      chunked,
      (message: PassThrough) => message.write('x'.repeat(max), () => message.destroy()),
      NotReceived,
    ],
  ] as const) {
    test(`gives its buffer back, once, when ${what}`, async () => {
      const message = messageOf('/?a=b', headers)
      const { received, buffers, memory, share } = receiving(message)
      message.write('hello')
      spoil(message)
      await assert.rejects(received, Problem)
      share.release()
      assert.deepEqual([buffers.out.size, memory.heldBytes], [0, 0])
      // Whatever still arrives goes nowhere.
      if (!message.destroyed) message.resume().end('and more')
      message.destroy()
    })
  }

  test('keeps every value of a repeated header, under its name in lower case', async () => {
    const message = messageOf('/')
    message.rawHeaders.push('X-Acs-A', '1', 'x-acs-a', '2', 'Host', 'h')
    const { received } = receiving(message)
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

suite('memory', () => {
  test('an announced request holds no memory until it is sent, and little at its start', async () => {
    const message = messageOf('/', { 'content-length': String(max) })
    const { received, memory, share } = receiving(message)
    await new Promise(setImmediate)
    assert.equal(memory.heldBytes, 0)
    message.write('x')
    await new Promise(setImmediate)
    assert.ok(memory.heldBytes > 0 && memory.heldBytes <= 100_000, `${memory.heldBytes} bytes`)
    message.destroy()
    await assert.rejects(received, ClientGone)
    share.release()
  })

  for (const [what, before, after] of [
    ['has more to send', 100_000, max - 100_000],
    ['has sent all of it', max, 0],
  ] as const) {
    test(`a request that ${what} waits for room, and continues when others release theirs`, async () => {
      const message = messageOf('/?a=b', { 'content-length': String(max) })
      const { received, memory, share } = receiving(message, { waitMs: 10_000 })
      const other = new MemoryLease(memory)
      assert.ok(other.grow(900_000, 0))
      message.write('x'.repeat(before))
      if (after === 0) message.end()
      await new Promise(setImmediate)
      assert.ok(message.isPaused())
      other.release()
      if (after > 0) message.end('x'.repeat(after))
      const { bytes, end } = await received
      assert.equal(bytes.toString('latin1', 0, end), `a=b${'x'.repeat(max)}`)
      share.release()
      assert.equal(memory.heldBytes, 0)
    })
  }

  for (const [what, url, headers] of [
    ['body', '/', { 'content-length': '5' }],
    ['query', `/?${'x'.repeat(50_000)}`, {}],
  ] as const) {
    test(`a request finds no room for its ${what} in time`, async () => {
      const message = messageOf(url, headers)
      const { received, memory, share } = receiving(message, { bytesMax: 65_536, waitMs: 1 })
      const other = new MemoryLease(memory, true)
      assert.ok(other.grow(65_536, 0))
      message.end(what === 'body' ? 'hello' : undefined)
      await assert.rejects(received, { problem: { kind: 'ServiceUnavailable', retryAfterMs: 1000 } })
      share.release()
      other.release()
      assert.equal(memory.heldBytes, 0)
    })
  }

  test('a query that node holds is counted, and refused at once if it is too large', async () => {
    const message = messageOf(`/?${'x'.repeat(100_000)}`)
    const { received, memory, share } = receiving(message, { bytesMax: 300_000 })
    assert.ok(memory.heldBytes > 100_000, 'before its buffer is taken')
    const second = receiving(messageOf(`/?${'x'.repeat(400_000)}`), { bytesMax: 300_000 }).received
    await assert.rejects(second, { problem: { kind: 'ServiceUnavailable', retryAfterMs: 1000 } })
    message.end()
    await received
    share.release()
    assert.equal(memory.heldBytes, 0)
  })

  test('a stalling client is cut only when another waits for room', async () => {
    const message = messageOf('/', { 'content-length': String(max) })
    const { received, memory, share } = receiving(message, { stalledMs: 0, waitMs: 10_000 })
    message.write('x'.repeat(1000))
    await new Promise(setImmediate)
    assert.equal(memory.arriving.size, 1)
    const other = new MemoryLease(memory, true)
    const grown = Promise.withResolvers<boolean>()
    other.growLater(2 ** 20, 0, grown.resolve)
    await assert.rejects(received, { problem: { kind: 'RequestTimeout' } })
    share.release()
    assert.equal(await grown.promise, true)
    other.release()
    message.destroy()
  })

  test('a waiting client leaves the line when it disconnects', async () => {
    const message = messageOf('/', { 'content-length': '5' })
    const { received, memory, share } = receiving(message, { bytesMax: 65_536, waitMs: 10_000 })
    const other = new MemoryLease(memory, true)
    assert.ok(other.grow(65_536, 0))
    message.write('hello')
    await new Promise(setImmediate)
    message.destroy()
    await assert.rejects(received, ClientGone)
    other.release()
    assert.equal(memory.heldBytes, 0)
    share.release()
  })

  test('what a request takes besides its bytes is counted, and goes with them', () => {
    const buffers = new Watched()
    const memory = new Memory({ bytesMax: 2 ** 20, buffers })
    const share = new MemoryLease(memory)
    assert.ok(share.grow(100_000, 0))
    assert.ok(share.room(500_000)!.length >= 500_000)
    assert.equal(
      memory.heldBytes,
      [...buffers.out].reduce((sum, { length }) => sum + length, 0),
    )
    assert.equal(share.room(500_000), undefined, 'there is no room for that')
    share.release()
    assert.deepEqual([buffers.out.size, memory.heldBytes], [0, 0])
  })
})

suite('buffers', () => {
  test('a buffer is a quarter larger than wanted at most', () => {
    for (let bytes = 16 * 1024; bytes < 2 ** 26; bytes = Math.ceil(bytes * 1.01)) {
      const size = sizeOf(bytes)
      assert.ok(size >= bytes && size <= 1.25 * bytes + 1, `${size} for ${bytes}`)
      assert.equal(sizeOf(size), size)
    }
  })
})
