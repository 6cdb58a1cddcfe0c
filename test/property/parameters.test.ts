import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { absent, type Columns } from '../../src/lib/columns.ts'
import { hashed, markRepeated } from '../../src/lib/hashed-column.ts'
import { byteOrder } from '../../src/rpc/parameters/byte-order.ts'
import { type Canonical, CanonicalWriter, wholeUpTo } from '../../src/rpc/parameters/canonical.ts'
import { formV1, formV3 } from '../../src/rpc/parameters/canonical-form.ts'
import { generalScan } from '../../src/rpc/parameters/general.ts'
import { MalformedList, readList } from '../../src/rpc/parameters/list.ts'
import { quickScan } from '../../src/rpc/parameters/quick.ts'
import type { ParameterTable } from '../../src/rpc/parameters/table.ts'
import { kindsOf } from '../support/kinds.ts'
import {
  type ModelParameter,
  modelCanonicalQueryV3,
  modelList,
  modelParameters,
  modelStringToSignV1,
} from '../support/parameter-model.ts'
import { slot } from '../support/slots.ts'

// Goal: the bytes are read as the plain model reads them, by the quick scan (where it takes them) and by the
// general one. Method: requests as clients write them, and the same ones damaged.

const form = { name: 'DeviceList', members: ['DeviceName', 'DeviceSecret', 'Sn'] }
const writer = new CanonicalWriter()
const written = (what: Canonical) => wholeUpTo(2 ** 30, (take) => writer.write(what, take))!

/** The memory of all requests, between bytes that must not change, and the further room that some need. */
const guardBytes = 64
let all = slot(2 ** 20)
const columnsRoom = slot(2 ** 24)
const roomFor = (bytes: number) => (bytes <= columnsRoom.length ? columnsRoom.fill(0x26) : undefined)

/** The place of a request in its buffer, and the bytes around it: neither may change the result. */
interface Around {
  readonly before: number
  readonly behind: number
  /** Whether it is the last thing in its slot; otherwise the first. */
  readonly atEnd: boolean
  readonly filledWith: number
  /** A parameter that the quick scan leaves to the general one. */
  readonly entriesMax: number
}

const around = fc.record({
  before: fc.nat(17),
  atEnd: fc.boolean(),
  behind: fc.oneof(fc.nat(40), fc.constant(4000)),
  entriesMax: fc.constant(10_000),
  filledWith: fc.constantFrom(...Buffer.from('&%+=a1.\xff', 'latin1')),
})

/** The same with fewer entries in the quick scan's reach, so that requests of both sizes are tried. */
const narrow = around.map((around) => ({ ...around, entriesMax: 50 }))

function scansOf(
  query: string,
  body: string,
  { before, behind, atEnd, filledWith, entriesMax }: Around,
): { name: string; table: ParameterTable }[] {
  const end = query.length + body.length
  const sent = Buffer.from(query + body, 'latin1')
  const size = before + end + behind
  if (size + guardBytes > all.length) all = slot(2 * (size + guardBytes))
  const place = atEnd ? all.length - size : guardBytes
  all.subarray(place - guardBytes, place + size + guardBytes).fill(filledWith)
  const bytes = all.subarray(place + before, place + size)
  sent.copy(bytes)
  const quick = quickScan(bytes, query.length, end, entriesMax, roomFor)
  if (quick === undefined) assert.deepEqual(bytes.subarray(0, end), sent, 'what is left is left as it was')
  for (const guard of [
    all.subarray(place - guardBytes, place + before),
    all.subarray(place + size).subarray(0, guardBytes),
  ])
    assert.ok(
      guard.every((byte) => byte === filledWith),
      'nothing is written outside of its place',
    )
  const general = generalScan(sent, query.length, end, ['DeviceList.'])
  return [
    ...(quick === undefined ? [] : [{ name: 'quick', table: quick }]),
    { name: 'general', table: general },
  ]
}

function rowsOf(list: Columns | undefined): Record<string, string>[] | undefined {
  if (list === undefined) return undefined
  return Array.from({ length: list.count }, (_, entry) => {
    const row: Record<string, string> = Object.create(null)
    for (const [member, { bytes, start, length, kinds }] of Object.entries(list.members)) {
      if (length[entry] === absent) continue
      const value = bytes.subarray(start[entry]!, start[entry]! + length[entry]!)
      row[member] = Buffer.from(value).toString('latin1')
      if (kinds !== undefined) assert.equal(kinds[entry], kindsOf(value))
    }
    return row
  })
}

function listOf(table: ParameterTable) {
  try {
    return rowsOf(readList(table, form))
  } catch (error) {
    if (error instanceof MalformedList) return 'malformed'
    throw error
  }
}

function agree(query: string, body: string, around: Around): void {
  const model: ModelParameter[] = modelParameters(query, body)
  for (const { name, table } of scansOf(query, body, around)) {
    const v1 = written({
      head: 'POST&%2F&',
      table,
      form: formV1,
      part: 'all but Signature',
    })
    assert.equal(v1.toString('latin1'), modelStringToSignV1('POST', model), `${name}: string to sign`)
    const v3 = written({ head: '', table, form: formV3, part: 'query' })
    assert.equal(v3.toString('latin1'), modelCanonicalQueryV3(model), `${name}: canonical query`)
    assert.deepEqual(listOf(table), modelList(model, 'DeviceList', form.members), `${name}: list`)
  }
}

const one = <T>(...values: T[]) => fc.constantFrom(...values)
const plainValue = fc.oneof(
  fc.string({ unit: one(...'abcXYZ019-_.~'), maxLength: 80 }),
  fc.string({ unit: one(...'abcXYZ019-_.:@~'), maxLength: 12 }),
)
const escapedValue = fc
  .array(one('%40', '%3a', '%41', '%E7%81%AF', 'a', '-', '%25', 'plain', 'as-long-as-words'), {
    maxLength: 9,
  })
  .map((parts) => parts.join(''))
const oddValue = fc
  .array(one('+', '%', '%z1', '%4', '%ff', '\xff', '\xe7\x81\xaf', '=', '%00', '%26', '%', 'a'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
const value = fc.oneof(
  { weight: 6, arbitrary: plainValue },
  { weight: 3, arbitrary: escapedValue },
  { weight: 1, arbitrary: oddValue },
)
const cleanValue = fc.oneof(plainValue, escapedValue)

const number = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 120 }).map(String) },
  {
    weight: 1,
    arbitrary: one(
      '0',
      '01',
      '-1',
      '1e3',
      '',
      '9999',
      '10000',
      '10001',
      '9999999999',
      '99999999999',
      '+1',
      '%31',
    ),
  },
)
const member = fc.oneof(
  { weight: 30, arbitrary: one('DeviceName', 'DeviceSecret', 'Sn') },
  { weight: 1, arbitrary: one('Foo', '', 'Sn.1', '__proto__', 'constructor', 'devicename', 'S%6e') },
)
const entry = fc.tuple(number, member, value).map(([n, m, v]) => `DeviceList.${n}.${m}=${v}`)
const scalar = fc
  .tuple(
    one(
      'Action',
      'AccessKeyId',
      'Signature',
      'ProductKey',
      'Zone',
      'DeviceList',
      'DeviceListX',
      'DeviceLis',
      'Other.1.Key',
      'Signature.1.X',
      'a b',
      '%41ction',
      '__proto__',
      '',
      'Ünï',
    ),
    value,
  )
  .map(([n, v]) => `${Buffer.from(n).toString('latin1')}=${v}`)
const oddity = one(
  '',
  'Action',
  '=x',
  '=',
  'DeviceList.',
  'DeviceList.1',
  'DeviceList.1.',
  '%',
  'DeviceList.1.DeviceName',
  '&',
)
const part = fc.oneof(
  { weight: 12, arbitrary: entry },
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: oddity },
)
const half = fc.array(part, { maxLength: 30 }).map((parts) => parts.join('&'))

test('any request is read as the model reads it', () => {
  fc.assert(fc.property(half, half, fc.oneof(around, narrow), agree), { numRuns: 2000 })
})

test('a request damaged at one byte is read as the model reads it', () => {
  const damage = fc.record({ at: fc.nat(5000), byte: fc.integer({ min: 1, max: 255 }), cut: fc.boolean() })
  fc.assert(
    fc.property(half, half, around, damage, (query, body, around, { at, byte, cut }) => {
      const place = at % (body.length + 1)
      const damaged = cut
        ? body.slice(0, place)
        : `${body.slice(0, place)}${String.fromCharCode(byte)}${body.slice(place + 1)}`
      agree(query, damaged, around)
    }),
    { numRuns: 2000 },
  )
})

test('what clients send takes the quick scan, in any order of its parameters', () => {
  const device = fc.record({ DeviceName: cleanValue, DeviceSecret: cleanValue, Sn: fc.option(cleanValue) })
  const request = fc.array(device, { minLength: 1, maxLength: 200 }).chain((devices) => {
    const entries = devices.flatMap((fields, i) =>
      Object.entries(fields).flatMap(([name, text]) =>
        text === null ? [] : [`DeviceList.${i + 1}.${name}=${text}`],
      ),
    )
    const all = ['AccessKeyId=testid', 'Format=JSON', 'ProductKey=a1', 'SignatureNonce=n', ...entries]
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
  })
  fc.assert(
    fc.property(request, fc.boolean(), around, (parts, inQuery, around) => {
      const text = parts.join('&')
      const [query, body] = inQuery ? [text, ''] : ['', text]
      assert.equal(scansOf(query, body, around)[0]!.name, 'quick')
      agree(query, body, around)
    }),
    { numRuns: 300 },
  )
})

test('pairs are sorted by the bytes of name and value, however alike they are', () => {
  const text = fc.oneof(
    fc.string({ unit: one('a', '\0', '\xff'), maxLength: 40 }),
    fc.tuple(one('same start '.repeat(3), 'DeviceList.'), fc.nat(2000)).map(([start, n]) => start + n),
  )
  const pairs = fc.array(fc.tuple(text, text), { maxLength: 300 })
  fc.assert(
    fc.property(pairs, fc.nat(9), (pairs, behind) => {
      const bytes = Buffer.from(pairs.flat().join('') + 'z'.repeat(behind), 'latin1')
      let end = 0
      const place = ({ length }: string) => {
        end += length
        return [end - length, length]
      }
      const slices = Int32Array.from(pairs.flatMap(([name, value]) => [...place(name), ...place(value)]))
      const sorted = [...byteOrder(bytes, slices, pairs.length)].map((i) => pairs[i])
      const model = pairs.toSorted(([a, x], [b, y]) =>
        a !== b ? (a < b ? -1 : 1) : x < y ? -1 : x > y ? 1 : 0,
      )
      assert.deepEqual(sorted, model)
    }),
    { numRuns: 500 },
  )
})

test('values of every length, with and without something to unescape at every place, are read as the model reads them', () => {
  const marks = ['', '%40', '+', '%e7%81%af', '%4', '%', '%zz', '@', '~', '=', '\xff', '%26', '%25']
  for (const [m, mark] of marks.entries()) {
    const values = Array.from({ length: 70 }, (_, length) =>
      [0, 1, length >> 1, length - 1, length]
        .filter((place) => place >= 0 && place <= length)
        .map((place) => 'x'.repeat(place) + mark + 'y'.repeat(length - place)),
    ).flat()
    const parts = values.map((value, i) => `DeviceList.${i + 1}.DeviceName=${value}`)
    // The last value ends with the request, which is the last thing in its slot.
    const around = { before: m, behind: 4000, atEnd: true, filledWith: 0x26, entriesMax: 10_000 }
    assert.equal(scansOf('', parts.join('&'), around)[0]!.name, 'quick')
    agree('', parts.join('&'), around)
    for (const value of values.slice(-80)) agree(`DeviceList.1.Sn=${value}`, '', { ...around, behind: 0 })
  }
})

test('names that repeat are found in a slot as in any other memory', () => {
  const entry = fc.record({
    DeviceName: fc.oneof(one('same', 'a%40b', 'a@b', 'a', ''), cleanValue),
    skip: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 300 }), fc.integer(), (entries, seed) => {
      const parts = entries.map(({ DeviceName }, i) => `DeviceList.${i + 1}.DeviceName=${DeviceName}`)
      const around = { before: 0, behind: 20_000, atEnd: false, filledWith: 0, entriesMax: 10_000 }
      const [quick] = scansOf('', parts.join('&'), around)
      const { loops, ...column } = readList(quick!.table, form)!.members.DeviceName!
      assert.notEqual(loops, undefined)
      const [ours, plain] = [{ ...column, loops: loops! }, column].map((column) => {
        const verdicts = Uint8Array.from(entries, ({ skip }) => (skip ? 2 : 1))
        const names = hashed(column, entries.length, seed)
        markRepeated(names, verdicts, 2, 64)
        return { hashes: names.hashes, verdicts }
      })
      assert.deepEqual(ours, plain)
    }),
    { numRuns: 200 },
  )
})

test('a full list is read as the model reads it, in order and in none', () => {
  const value = fc.oneof(
    fc.string({ unit: one(...'abcXYZ019-_'), minLength: 4, maxLength: 40 }),
    fc.string({ unit: one('a', 'Z', '%40', '%3A', '_'), minLength: 4, maxLength: 40 }),
  )
  // A few values for all of the 10,000 entries: drawing as many would take a minute.
  const values = fc.array(value, { minLength: 7, maxLength: 7 })
  fc.assert(
    fc.property(
      values,
      fc.boolean(),
      fc.integer({ min: 9990, max: 10_000 }),
      around,
      (values, inOrder, last, around) => {
        const entries = Array.from({ length: last }, (_, i) =>
          form.members.map((member, m) => `DeviceList.${i + 1}.${member}=${values[(i + m * i) % 7]}`),
        ).flat()
        const parts = ['Action=x', ...(inOrder ? entries : entries.reverse()), 'Zone=z']
        assert.equal(scansOf('', parts.join('&'), around)[0]!.name, 'quick')
        agree('', parts.join('&'), around)
      },
    ),
    { numRuns: 6 },
  )
})
