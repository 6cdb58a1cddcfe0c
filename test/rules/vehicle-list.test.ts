import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnsOf, textAt } from '../../src/lib/columns.ts'
import { markTaken, namesOf, namesToLookUp, validateList } from '../../src/rules/device-list.ts'
import { reportDeviceList } from '../../src/rules/device-report.ts'
import { vehicleLists, vehicleProtocols, vehicleRules } from '../../src/rules/vehicle-list.ts'

const members = ['Manufacturer', 'DeviceModel', 'DeviceId', 'DeviceName', 'DeviceSecret'] as const
type Entry = { readonly [M in (typeof members)[number]]?: string | undefined }
const listOf = (entries: readonly Entry[]) => columnsOf(members, entries)

/** The rules of the pages as regular expressions: the reasons of an entry itself, and its name. */
const plain = {
  jt808: {
    wrong: ({ Manufacturer = '', DeviceModel = '', DeviceId = '', DeviceSecret = '' }: Entry) => [
      [/^[A-Za-z0-9-]{4,11}$/.test(Manufacturer), 'The manufacturer is illegal.'],
      [/^[A-Za-z0-9-]{4,30}$/.test(DeviceModel), 'The device model is illegal.'],
      [/^[A-Za-z0-9-]{4,30}$/.test(DeviceId), 'The device id is illegal.'],
      [/^[\w@.:-]{0,32}$/.test(DeviceSecret), 'The device secret is illegal.'],
    ],
    name: ({ Manufacturer, DeviceModel, DeviceId }: Entry) => `${Manufacturer}_${DeviceModel}_${DeviceId}`,
    noName: /manufacturer|model|id is/,
    again: 'The device id is repeated.',
    taken: 'The device id already exists.',
  },
  gb32960: {
    wrong: ({ DeviceName = '', DeviceSecret = '' }: Entry) => [
      [/^[A-Za-z0-9]{4,17}$/.test(DeviceName), 'The device name is illegal.'],
      [/^[\w@.:-]{0,32}$/.test(DeviceSecret), 'The device secret is illegal.'],
    ],
    name: ({ DeviceName }: Entry) => DeviceName!,
    noName: /name is/,
    again: 'The device name is repeated.',
    taken: 'The device name already exists.',
  },
  sl651: {
    wrong: ({ DeviceName = '', DeviceId = '', DeviceSecret = '' }: Entry) => [
      [/^[0-9]{10}$/.test(DeviceName), 'The device name is illegal.'],
      [/^([A-Za-z0-9-]{4,30})?$/.test(DeviceId), 'The device id is illegal.'],
      [/^[\w@.:-]{1,32}$/.test(DeviceSecret), 'The device secret is illegal.'],
    ],
    name: ({ DeviceName }: Entry) => DeviceName!,
    noName: /name is/,
    again: 'The device name is repeated.',
    taken: 'The device name already exists.',
  },
} as const

const part = fc.oneof(
  fc.constantFrom(
    'aaaa',
    'bbbb',
    '0123456789',
    '0123456780',
    '',
    'a_aa',
    'aaaa_bbbb',
    'ünüü',
    'a'.repeat(12),
  ),
  fc.string({ unit: fc.constantFrom('a', '1', '-', '_', ' '), minLength: 3, maxLength: 5 }),
)
const entry = fc.record(
  { Manufacturer: part, DeviceModel: part, DeviceId: part, DeviceName: part, DeviceSecret: part },
  { requiredKeys: [] },
)

for (const protocol of vehicleProtocols) {
  // The byte judge, as for other lists, against the rules as the pages write them.
  test(`any list of ${protocol} is judged as a plain reading of the rules judges it`, () => {
    const rules = vehicleLists[protocol]
    const { wrong, name, noName, again, taken } = plain[protocol]
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 40 }),
        fc.array(entry, { maxLength: 4 }),
        (entries, registered) => {
          const onRoll = new Set(registered.map(name))
          const seen = new Set<string>()
          const expected = entries.map((entry) => {
            const reasons = wrong(entry).flatMap(([right, reason]) => (right ? [] : [reason as string]))
            if (reasons.some((reason) => noName.test(reason))) return reasons.join(' | ')
            if (seen.has(name(entry))) reasons.push(again)
            else if (onRoll.has(name(entry))) reasons.push(taken)
            seen.add(name(entry))
            return reasons.join(' | ')
          })
          const list = listOf(entries)
          const { verdicts } = validateList(rules, list, 7)
          const names = namesOf(rules, list)
          const asked = [...namesToLookUp(rules, verdicts)]
          markTaken(
            verdicts,
            asked.filter((entry) => onRoll.has(textAt(names, entry)!)),
          )
          assert.deepEqual(
            [...(reportDeviceList(rules, list, verdicts)?.InvalidDetailList ?? [])].map(
              ({ ErrorMsg }) => ErrorMsg,
            ),
            expected.filter(Boolean),
          )
        },
      ),
    )
  })
}

test('what is kept of a device is JSON of what its protocol knows', () => {
  const list = listOf([
    { Manufacturer: 'mf-1', DeviceModel: 'dm-1', DeviceId: 'di-1', DeviceName: 'vin0001' },
    { Manufacturer: 'mf-2', DeviceModel: 'dm-2', DeviceId: 'di-2', DeviceName: 'vin0002' },
  ])
  const second = (protocol: (typeof vehicleProtocols)[number]) =>
    JSON.parse(textAt(vehicleLists[protocol].vehicles(list), 1)!)
  assert.deepEqual(vehicleProtocols.map(second), [
    { protocol: 'jt808', manufacturer: 'mf-2', deviceModel: 'dm-2', deviceId: 'di-2' },
    { protocol: 'gb32960' },
    { protocol: 'sl651', deviceId: 'di-2' },
  ])
})

test('the rules are those of the product’s protocol; if it has none, the list decides', () => {
  const byName = listOf([{ DeviceName: 'vin0001', DeviceSecret: 's', DeviceId: '' }])
  const byId = listOf([{ DeviceName: 'vin0001' }, { DeviceId: 'di01' }])
  const discarded = { ...byId, count: 1 }
  for (const [protocolType, list, expected] of [
    ['jt808', byName, 'jt808'],
    ['GB32960', byId, 'gb32960'],
    ['sl651', byId, 'sl651'],
    ['modbus', byId, undefined],
    [undefined, byName, 'gb32960'],
    [undefined, byId, 'jt808'],
    [undefined, discarded, 'gb32960'],
  ] as const) {
    assert.equal(vehicleRules(protocolType, list), expected && vehicleLists[expected], protocolType)
  }
})
