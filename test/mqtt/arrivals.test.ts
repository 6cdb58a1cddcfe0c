import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { Arrivals } from '../../src/mqtt/arrivals.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Arrivals whose connections are numbers in the order in which they were accepted. */
function scene() {
  const read: number[] = []
  const destroyed: number[] = []
  const arrivals = new Arrivals((socket) =>
    read.push((socket as unknown as { readonly number: number }).number),
  )
  let accepted = 0
  const accept = () => {
    const number = ++accepted
    arrivals.add({ number, destroy: () => destroyed.push(number) } as unknown as Socket)
  }
  return { read, destroyed, arrivals, accept }
}

test('a connection that comes alone is read at once', async () => {
  const { read, accept } = scene()
  accept()
  assert.deepEqual(read, [1])
  await turn()
  await turn()
  accept()
  assert.deepEqual(read, [1, 2])
})

test('while connections are accepted one in four turns is read, then 32 a turn, in their order', async () => {
  const { read, accept } = scene()
  for (let i = 0; i < 100; i++) {
    accept()
    await turn()
  }
  assert.ok(read.length <= 27, `${read.length} were read while others were accepted`)
  const before = read.length
  await turn()
  assert.ok(read.length - before <= 32, 'a turn stays short')
  for (let i = 0; i < 5; i++) await turn()
  assert.deepEqual(
    read,
    Array.from({ length: 100 }, (_, i) => i + 1),
  )
})

test('connections that wait when a listener closes are ended, and later ones too', async () => {
  const { read, destroyed, arrivals, accept } = scene()
  for (let i = 0; i < 3; i++) accept()
  arrivals.close()
  accept()
  await turn()
  assert.deepEqual([read, destroyed], [[1], [2, 3, 4]])
})
