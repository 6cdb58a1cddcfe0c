import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ReadList, readList } from './read-list.ts'

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', '路', '"', '\\', '\n', ' ', '/'), maxLength: 8 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(null, true, 'lamp-0001', 'lamp-0002', 123456, 2 ** 70, { a: 1 }, []),
)
const plain = fc.stringMatching(/^[a-z0-9-]{1,9}$/)
const row = fc.record({
  name: fc.oneof(plain, value),
  secret: fc.oneof(plain, value),
  sn: fc.oneof(plain, value),
  x: value,
})

test('objects are cut as JSON.parse sees them, however they are written and the bytes come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(undefined, 0, 2),
      fc.boolean(),
      async (rows, piece, indent, isArray) => {
        const text = isArray
          ? JSON.stringify(rows, null, indent)
          : rows.map((one) => JSON.stringify(one, null, indent)).join('\n')
        // A member that stands elsewhere in the first object has all of them parsed.
        const moved = rows.map(({ x, ...rest }, i) =>
          i === rows.length - 1 ? { x, ...rest } : { ...rest, x },
        )
        const other = isArray
          ? JSON.stringify(moved, null, indent)
          : moved.map((one) => JSON.stringify(one, null, indent)).join('\n')
        const told = ({ good, bad, error }: ReadList) => [good, bad, error]
        const map = { name: 'name', secret: 'secret', sn: 'sn' }
        const options = { map, size: 20, allowMissing: true }
        assert.deepEqual(
          told(await readList(text, options, 'a.json', piece)),
          told(await readList(other, options, 'a.json', piece)),
        )
      },
    ),
    { numRuns: 500 },
  )
})

test('a row’s line is its number if several objects share a line', async () => {
  const rows = [
    { name: 'lamp-1', secret: 'a' },
    { name: 'la', secret: 'a' },
    { name: 'lamp-1', secret: 'b' },
  ]
  const inOne = await readList(JSON.stringify(rows))
  assert.deepEqual(inOne.bad, { 2: 'DeviceName 2 characters, at least 4', 3: 'DeviceName repeats line 1' })
  const inMany = await readList(JSON.stringify(rows, null, 1))
  assert.deepEqual(Object.keys(inMany.bad), ['6', '10'])
})

test('a document larger than what is looked at first is searched for its array', async () => {
  const devices = Array.from({ length: 3 }, (_, i) => ({ name: `lamp-${i}`, secret: 's' }))
  const file = JSON.stringify({ note: 'x'.repeat(1.5e6), list: [{ devices }] })
  assert.equal((await readList(file, { rows: 'list.0.devices' }, 'a.json', 65536)).good.length, 3)
  assert.match(
    (await readList(file, { rows: 'list.devices' }, 'a.json', 65536)).error ?? '',
    /at "list.devices"/,
  )
})
