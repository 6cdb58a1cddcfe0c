import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnsOf } from '../../src/lib/columns.ts'
import { deviceName, deviceSecret, obeys, serialNumber } from '../../src/rules/device-fields.ts'
import { markTaken, namesToLookUp, validateList } from '../../src/rules/device-list.ts'
import { reportDeviceList } from '../../src/rules/device-report.ts'
import { importList } from '../../src/rules/import-list.ts'
import { withKinds } from '../support/kinds.ts'
import { inSlot } from '../support/slots.ts'

interface Device {
  readonly DeviceName?: string
  readonly DeviceSecret?: string
  readonly Sn?: string | undefined
}

type Member = keyof Device
type Listed = (typeof importList.lists)[number]

/** Judges a list as a product with the names `taken` would. */
function report(devices: readonly Device[], taken: readonly string[] = []) {
  const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices)
  const { verdicts, names } = validateList(importList, list, 12345)
  // The result is the same with known kinds, and in WebAssembly.
  assert.deepEqual(validateList(importList, withKinds(list), 12345).verdicts, verdicts)
  const inMemory = inSlot(list)
  const judged = validateList(importList, inMemory, 12345)
  assert.deepEqual([judged.verdicts, judged.names.hashes], [verdicts, names.hashes])
  const legal = namesToLookUp(importList, verdicts)
  assert.deepEqual(namesToLookUp(importList, verdicts, judged.names), legal)
  markTaken(
    verdicts,
    [...legal].filter((entry) => taken.includes(devices[entry]!.DeviceName!)),
  )
  const told = textsOf(reportDeviceList(importList, list, verdicts))
  assert.deepEqual(textsOf(reportDeviceList(importList, inMemory, verdicts)), told)
  return told
}

function textsOf(told: ReturnType<typeof reportDeviceList<Member, Listed, Member>>) {
  return (
    told && {
      InvalidDetailList: [...told.InvalidDetailList],
      InvalidDeviceNameList: [...told.InvalidDeviceNameList],
      InvalidDeviceSecretList: [...told.InvalidDeviceSecretList],
      InvalidSnList: [...told.InvalidSnList],
      RepeatedDeviceNameList: [...told.RepeatedDeviceNameList],
    }
  )
}

const name = 'The device name is illegal.'
const secret = 'The device secret is illegal.'
const sn = 'The sn is illegal.'
const repeated = 'The device name is repeated.'
const taken = 'The device name already exists.'

// Goal: every reason, alone and with all others that can join it, in the order in which they are told. The
// devices stand in one list; lamp01 and lamp02 are registered.
test('every entry has all its reasons in order', () => {
  const rows: [Device, string][] = [
    [{ DeviceName: 'light1', DeviceSecret: 's', Sn: 'A1' }, ''],
    [{ DeviceName: 'light2', DeviceSecret: 's' }, ''],
    [{ DeviceName: 'light%', DeviceSecret: 's' }, name],
    [{ DeviceName: 'light%', DeviceSecret: 's' }, name],
    [{ DeviceSecret: 's' }, name],
    [{ DeviceName: 'light3' }, secret],
    [{ DeviceName: 'light4', DeviceSecret: '' }, secret],
    [{ DeviceName: 'light5', DeviceSecret: 's', Sn: '' }, sn],
    [{ DeviceName: 'aw', DeviceSecret: '^67$', Sn: 'QC4001#' }, `${name} | ${secret} | ${sn}`],
    [{ DeviceName: 'light3', DeviceSecret: 's' }, repeated],
    [{ DeviceName: 'light1', DeviceSecret: '^', Sn: '#' }, `${secret} | ${sn} | ${repeated}`],
    [{ DeviceName: 'lamp01', DeviceSecret: 's' }, taken],
    [{ DeviceName: 'lamp01', DeviceSecret: 's' }, repeated],
    [{ DeviceName: 'lamp02', DeviceSecret: '^', Sn: '#' }, `${secret} | ${sn} | ${taken}`],
    [{ DeviceName: 'LIGHT1', DeviceSecret: 's' }, ''],
  ]
  const told = report(
    rows.map(([device]) => device),
    ['lamp01', 'lamp02'],
  )
  const expected = rows.filter(([, message]) => message !== '')
  assert.deepEqual(
    told?.InvalidDetailList.map(({ ErrorMsg }) => ErrorMsg),
    expected.map(([, message]) => message),
  )
  assert.deepEqual(told?.InvalidDetailList[0], {
    DeviceName: 'light%',
    DeviceSecret: 's',
    Sn: undefined,
    ErrorMsg: name,
  })
  assert.deepEqual(told?.InvalidDetailList[5]?.Sn, '')
  assert.deepEqual(told?.InvalidDeviceNameList, ['light%', '', 'aw'])
  assert.deepEqual(told?.InvalidDeviceSecretList, ['', '^67$', '^'])
  assert.deepEqual(told?.InvalidSnList, ['', 'QC4001#', '#'])
  assert.deepEqual(told?.RepeatedDeviceNameList, ['light3', 'light1', 'lamp01', 'lamp02'])
})

test('a repeated name is listed at its second occurrence, a registered one at its first', () => {
  const devices = ['aaaa', 'bbbb', 'lamp', 'bbbb', 'aaaa', 'lamp', 'aaaa'].map((DeviceName) => ({
    DeviceName,
    DeviceSecret: 's',
  }))
  assert.deepEqual(report(devices, ['lamp'])?.RepeatedDeviceNameList, ['lamp', 'bbbb', 'aaaa'])
})

test('a good list has no report', () => {
  assert.equal(report([{ DeviceName: 'light1', DeviceSecret: 's' }]), undefined)
})

test('only legal names, each once, are looked up', () => {
  const devices = ['aaaa', 'a', 'bbbb', 'aaaa', '%%%%'].map((DeviceName) => ({
    DeviceName,
    DeviceSecret: 's',
  }))
  const { verdicts } = validateList(importList, columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices), 1)
  assert.deepEqual([...namesToLookUp(importList, verdicts)], [0, 2])
})

// The byte judge against the rules written with strings and a Set, on lists that repeat and err often.
test('any list is judged as a plain reading of the rules judges it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', ':', '%', 'ü'), minLength: 3, maxLength: 5 })
  const device = fc.record(
    { DeviceName: text, DeviceSecret: text, Sn: fc.option(text, { nil: undefined }) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(
      fc.array(device, { maxLength: 60 }),
      fc.array(text, { maxLength: 10 }),
      (devices, registered) => {
        const seen = new Set<string>()
        const expected = devices.map(({ DeviceName = '', DeviceSecret = '', Sn }) => {
          const legal = obeys(deviceName, DeviceName)
          const again = legal && seen.has(DeviceName)
          seen.add(DeviceName)
          return [
            legal ? '' : name,
            obeys(deviceSecret, DeviceSecret) ? '' : secret,
            Sn === undefined || obeys(serialNumber, Sn) ? '' : sn,
            again ? repeated : '',
            legal && !again && registered.includes(DeviceName) ? taken : '',
          ]
            .filter(Boolean)
            .join(' | ')
        })
        const told = report(devices, registered)?.InvalidDetailList.map(({ ErrorMsg }) => ErrorMsg) ?? []
        assert.deepEqual(told, expected.filter(Boolean))
      },
    ),
  )
})
