import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openRows } from '../../src/device-files/open.ts'
import { exportFormats, written } from '../../src/export/written.ts'
import { textAt } from '../../src/lib/columns.ts'

interface Device {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn?: string | undefined
  readonly Nickname?: string | undefined
}

const members = ['DeviceName', 'DeviceSecret', 'Sn'] as const
const columns = [...members, 'Nickname', 'DeviceStatus']

async function readAgain(format: string, pages: readonly (readonly Device[])[]) {
  async function* rows() {
    for (const page of pages) yield page.map((device) => ({ ...device, DeviceStatus: 'UNACTIVE' }))
  }
  async function* file() {
    for await (const piece of written(format as 'csv', columns, rows()))
      yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
  }
  const found: Device[] = []
  const { chunks } = await openRows(`devices.${format}`, file(), { map: {}, chunkRows: 1000 })
  for await (const { count, members: read } of chunks)
    for (let i = 0; i < count; i++)
      found.push(
        Object.fromEntries(members.map((member) => [member, textAt(read[member], i) || undefined])) as never,
      )
  return found
}

const only = (devices: readonly Device[]) =>
  devices.map(({ DeviceName, DeviceSecret, Sn }) => ({ DeviceName, DeviceSecret, Sn }))

// Names of devices may look like numbers, dates or formulas to a spreadsheet.
const odd = ['0001', '1e10', '-1.5', '@SUM', '2026-01-01', 'TRUE', '1.50', '12:30', '-0-0', 'NULL', 'n_a_']
const legal = (characters: string, minLength: number, maxLength: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...odd.filter((text) => [...text].every((c) => characters.includes(c)))),
    },
  )
const word = 'abcXYZ019_'
const devices = fc.uniqueArray(
  fc.record<Device>({
    DeviceName: legal(`${word}-@.:`, 4, 32),
    DeviceSecret: legal(`${word}-@.:`, 1, 32),
    Sn: fc.option(legal(word, 1, 64), { nil: undefined }),
    Nickname: fc.option(fc.constantFrom('地下室', 'a "b", c', ' x', '=1+1'), { nil: undefined }),
  }),
  { selector: ({ DeviceName }) => DeviceName, minLength: 1, maxLength: 30 },
)

for (const format of exportFormats)
  test(`devices written as ${format} are read back unchanged`, async () => {
    await fc.assert(
      fc.asyncProperty(devices, fc.integer({ min: 1, max: 7 }), async (list, size) => {
        const pages = Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
          list.slice(i * size, (i + 1) * size),
        )
        assert.deepEqual(await readAgain(format, pages), only(list))
      }),
      { numRuns: 60, seed: 14 },
    )
  })
