import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { Pace } from '../../src/client/pace.ts'
import type { Rows } from '../../src/device-files/rows.ts'
import { rowsOf } from '../../src/device-files/rows-of.ts'
import { FileValidator } from '../../src/importer/file-validator.ts'
import { reasons } from '../../src/importer/reasons.ts'
import { Tally } from '../../src/importer/tally.ts'
import { badRowsIn } from '../../src/importer/target.ts'
import { type AskEndpoint, verifiedChunks } from '../../src/importer/verify.ts'
import { textAt } from '../../src/lib/columns.ts'

const places = { name: 0, secret: 1, sn: 2 }

async function* chunksOf(rows: readonly string[][], size: number): AsyncGenerator<Rows> {
  for (let at = 0; at < rows.length; at += size)
    yield rowsOf(rows.slice(at, at + size), (entry) => at + entry + 1, places)
}

/** The expected results for rows, written so that they are obviously right. */
function model(rows: readonly string[][], registered: ReadonlySet<string>): string[] {
  const seen = new Set<string>()
  return rows.map(([name = '', secret = '', sn = '']) => {
    const told = []
    const isName = /^[A-Za-z0-9\-_@.:]{4,32}$/.test(name)
    if (!isName) told.push('InvalidDeviceName')
    if (!/^[A-Za-z0-9\-_@.:]{1,32}$/.test(secret)) told.push('InvalidDeviceSecret')
    if (sn !== '' && !/^[A-Za-z0-9_]{1,64}$/.test(sn)) told.push('InvalidSn')
    if (isName && seen.has(name)) told.push('RepeatedDeviceName')
    if (isName) seen.add(name)
    // Rows that are bad by themselves are not asked about.
    if (told.length === 0 && registered.has(name)) told.push('ExistingDeviceName')
    return told.join(' ')
  })
}

test('any file gives the right results in file order, whatever the order of the answers', async () => {
  const names = fc.constantFrom('lamp-1', 'lamp-2', 'lamp-3', 'lamp-4', 'lamp%', 'la', '', '路灯-0001')
  const row = fc.tuple(names, fc.constantFrom('s3cret', '', '^67$'), fc.constantFrom('', 'QC1', 'Q 1'))
  const property = fc.asyncProperty(
    fc.array(row, { maxLength: 40 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 4 }),
    fc.subarray(['lamp-1', 'lamp-2', 'lamp-3']),
    fc.scheduler(),
    async (rows, size, max, taken, scheduler) => {
      const registered = new Set(taken)
      const ask: AskEndpoint = async (chunk, entries) => {
        await scheduler.schedule(Promise.resolve())
        const known = [...entries].filter((entry) => registered.has(textAt(chunk.members.DeviceName, entry)!))
        return new Map(known.map((entry) => [entry, [reasons.nameTaken]]))
      }
      const told: string[] = []
      const tally = new Tally()
      const reading = (async () => {
        for await (const { rows: chunk, bad } of verifiedChunks(
          chunksOf(rows, size),
          new FileValidator(7),
          ask,
          new Pace(max),
        )) {
          tally.add(chunk.count, bad)
          for (let entry = 0; entry < chunk.count; entry++)
            told.push((bad.get(entry) ?? []).map(({ code }) => code).join(' '))
        }
      })()
      await scheduler.waitFor(reading)
      const expected = model(rows, registered)
      assert.deepEqual(told, expected)
      const good = expected.filter((reason) => reason === '').length
      assert.deepEqual([tally.rows, tally.accepted, tally.rejected], [rows.length, good, rows.length - good])
    },
  )
  await fc.assert(property, { numRuns: 300 })
})

test('an endpoint that fails ends the file, and nothing is left unanswered', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => [`lamp-${i}`, 'a', ''])
  let calls = 0
  const ask: AskEndpoint = async () => {
    if (++calls > 3) throw new Error('no')
    return new Map()
  }
  const reading = (async () => {
    for await (const _ of verifiedChunks(chunksOf(rows, 2), new FileValidator(7), ask, new Pace(4)));
  })()
  await assert.rejects(reading, /^Error: no$/)
})

suite('the rows in an answer', () => {
  const rows = rowsOf(
    [
      ['lamp-1', 'a', 'Q1'],
      ['lamp-2', 'b', ''],
      ['lamp-3', 'a', 'Q3'],
    ],
    (entry) => entry,
    places,
  )
  const told = (data: unknown) =>
    [...badRowsIn(data as Parameters<typeof badRowsIn>[0], rows, Int32Array.of(0, 1, 2))].map(
      ([entry, found]) => [entry, ...found.map(({ code }) => code)],
    )

  test('are in flat lists for a check', () => {
    const data = {
      InvalidDetailList: [],
      InvalidDeviceSecretList: ['a'],
      InvalidSnList: ['Q3'],
      RepeatedDeviceNameList: ['lamp-2'],
    }
    assert.deepEqual(told(data), [
      [0, 'InvalidDeviceSecret'],
      [1, 'ExistingDeviceName'],
      [2, 'InvalidDeviceSecret', 'InvalidSn'],
    ])
  })

  test('are in nested lists for an import', () => {
    const data = {
      RepeatedDeviceNameList: { repeatedDeviceName: ['lamp-1'] },
      InvalidDeviceNameList: { invalidDeviceName: ['lamp-3'] },
      InvalidSnList: {},
    }
    assert.deepEqual(told(data), [
      [0, 'ExistingDeviceName'],
      [2, 'InvalidDeviceName'],
    ])
  })

  test('may have unknown messages', () => {
    const data = {
      InvalidDetailList: [{ DeviceName: 'lamp-2', DeviceSecret: 'b', ErrorMsg: 'Quota of devices.' }],
      InvalidDeviceNameList: [],
      InvalidDeviceSecretList: [],
      InvalidSnList: [],
      RepeatedDeviceNameList: [],
    }
    assert.deepEqual(badRowsIn(data, rows, Int32Array.of(0, 1, 2)).get(1), [
      { field: '', code: 'Rejected', reason: 'Quota of devices.' },
    ])
  })

  test('are none if all are good', () => {
    for (const data of [undefined, null, '']) assert.deepEqual(told(data), [])
  })
})
