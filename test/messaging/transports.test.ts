import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { systemRandom } from '../../src/lib/random.ts'
import { httpTransport } from '../../src/messaging/http-transport.ts'
import { Proofs, prove } from '../../src/messaging/node-proof.ts'
import { type AnswerMessage, type OpenTransport, Unreachable } from '../../src/messaging/transport.ts'
import { TestClock } from '../support/deterministic.ts'
import { Network } from './doubles.ts'
import { text } from './nodes.ts'

const key = Buffer.alloc(32, 7)
const clock = new TestClock()
const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const sockets = (to = join(folder, 'nodes')) =>
  httpTransport({ listen: { kind: 'socket', folder: to }, key, clock, random: systemRandom })
const tcp = (parts = {}) =>
  httpTransport({
    listen: { kind: 'tcp', host: '127.0.0.1', port: 0 },
    key,
    clock,
    random: systemRandom,
    ...parts,
  })

const reverse: AnswerMessage = async (message) => Uint8Array.from(message).reverse()

const drivers: Record<string, () => OpenTransport> = {
  'in memory': () => new Network().open,
  'local sockets': () => sockets(),
  TCP: () => tcp(),
}

for (const [name, driver] of Object.entries(drivers)) {
  describe(name, () => {
    test('a message is answered by the node that it is sent to, which may be the sender', async () => {
      const open = driver()
      const [a, b] = [await open(async (message) => message), await open(reverse)]
      assert.equal(Buffer.from(await a.send(b.address, text('abc'))).toString(), 'cba')
      assert.equal(Buffer.from(await a.send(a.address, text('abc'))).toString(), 'abc')
      await Promise.all([a.close(), b.close()])
    })

    test('many messages at once get each its own answer, of any size', async () => {
      const open = driver()
      const [a, b] = [await open(reverse), await open(reverse)]
      const messages = Array.from({ length: 300 }, (_, i) => Buffer.alloc(i === 7 ? 256 * 1024 : i, i))
      for (const message of messages) message.fill('message', 0, message.length)
      const answers = await Promise.all(messages.map((message) => a.send(b.address, message)))
      const expected = messages.map((message) => Buffer.from(message).reverse())
      assert.deepEqual(
        answers.map((answer) => Buffer.from(answer)),
        expected,
      )
      await Promise.all([a.close(), b.close()])
    })

    test('a node that has ended is unreachable', async () => {
      const open = driver()
      const [a, b] = [await open(reverse), await open(reverse)]
      await b.close()
      await assert.rejects(a.send(b.address, text('x')), Unreachable)
      await a.close()
    })
  })
}

test('one message whose answer fails does not take others with it', async () => {
  const [a, b] = [
    await tcp()(reverse),
    await tcp()(async (message) => {
      if (message.length === 1) throw new Error('not this one')
      return message
    }),
  ]
  const [good, bad] = await Promise.allSettled([a.send(b.address, text('ok')), a.send(b.address, text('x'))])
  assert.equal(good.status, 'fulfilled')
  assert.ok(bad.status === 'rejected' && bad.reason instanceof Unreachable)
  await Promise.all([a.close(), b.close()])
})

test('only nodes of the store are answered, and none is believed that is not', async () => {
  const refusals: string[] = []
  const b = await tcp({ refused: (why: string) => refusals.push(why) })(reverse)
  const stranger = await tcp({ key: Buffer.alloc(32, 8) })(reverse)
  await assert.rejects(stranger.send(b.address, text('x')), /HTTP status 403/)
  const place = b.address.slice(0, b.address.lastIndexOf('/'))
  const bare = await new Promise<number | undefined>((resolve) => {
    request(`http://${place}/`, { method: 'POST' }, ({ statusCode }) => resolve(statusCode)).end('x')
  })
  assert.equal(bare, 403)
  const late = await tcp({ clock: new TestClock('2030-01-01T00:00:00Z') })(reverse)
  await assert.rejects(late.send(b.address, text('x')), /403/)
  assert.match(refusals.join('\n'), /not made with this store’s key\n.*\n.*clock/)
  // A stranger at a node's address can't answer in its name.
  const a = await tcp()(reverse)
  const false_ = await tcp({ key: Buffer.alloc(32, 8) })(reverse)
  await assert.rejects(a.send(false_.address, text('x')), Unreachable)
  await Promise.all([a, b, stranger, late, false_].map((each) => each.close()))
})

test('a proof is good once, for its receiver, body and time', () => {
  const proofs = new Proofs(key, 'receiver', () => clock.now())
  const sender = 'a'.repeat(32)
  const facts = { sender, time: clock.now(), hash: 'b'.repeat(64) }
  const proof = (count: number) => prove(key, 'receiver', { ...facts, count })
  assert.equal(proofs.verify(proof(1)), undefined)
  assert.equal(proofs.verify(proof(1)), 'repeated')
  assert.equal(proofs.verify(proof(3)), undefined)
  assert.equal(proofs.verify(proof(2)), undefined)
  assert.equal(proofs.verify(proof(2)), 'repeated')
  assert.equal(proofs.verify(proof(10_000)), undefined)
  assert.equal(proofs.verify(proof(4)), 'repeated')
  for (const change of [
    { count: 20_000 },
    { time: 0 },
    { hash: 'c'.repeat(64) },
    { sender: 'd'.repeat(32) },
    { mac: '' },
  ])
    assert.equal(proofs.verify({ ...proof(11_000), ...change }), 'forged')
  assert.equal(new Proofs(key, 'another', () => clock.now()).verify(proof(5)), 'forged')
})

test('sockets are this user’s alone, are gone afterwards, and lie elsewhere when their path were too long', async () => {
  const deep = join(folder, 'd'.repeat(120))
  for (const to of [join(folder, 'short'), deep]) {
    const transport = await sockets(to)(reverse)
    const path = transport.address.slice('unix:'.length, transport.address.lastIndexOf('/'))
    assert.ok(Buffer.byteLength(path) <= 103, path)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.equal(statSync(dirname(path)).mode & 0o777, 0o700)
    await transport.close()
    assert.throws(() => readdirSync(path))
  }
})

test('a request that never ends does not delay the close', async () => {
  const transport = await tcp()(reverse)
  const [, port] = /:(\d+)\//.exec(transport.address)!
  const socket = connectSocket(Number(port), '127.0.0.1', () => socket.write('POST / HTTP/1.1\r\n'))
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  await transport.close()
  socket.destroy()
})

test('sockets of processes that were killed are removed, those of others are not', async () => {
  const to = join(folder, 'crashed')
  const live = await sockets(to)(reverse)
  const [name] = readdirSync(to)
  // A file on which nothing listens, as a kill leaves it.
  const script = `require('net').createServer().listen('dead.sock', () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', script], { cwd: to })
  assert.deepEqual(readdirSync(to).sort(), [name, 'dead.sock'].sort())
  const next = await sockets(to)(reverse)
  assert.ok(!readdirSync(to).includes('dead.sock'))
  assert.ok(readdirSync(to).includes(name!))
  await Promise.all([live.close(), next.close()])
})
