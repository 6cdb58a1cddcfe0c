import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { Operation } from '../../../src/client/operations.ts'
import { faultsIn } from '../../../src/client/operations.ts'
import { exampleOf } from '../../../src/console/explorer/examples.ts'
import { listed } from '../../../src/console/explorer/families.ts'
import {
  fieldsOf,
  formOf,
  isFilled,
  isRequired,
  parametersOf,
} from '../../../src/console/explorer/form-model.ts'

const catalogue: readonly Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))
const operationOf = (name: string) => catalogue.find((operation) => operation.name === name)!

suite('a form', () => {
  test('has a list’s members as columns', () => {
    const fields = fieldsOf(operationOf('BatchCheckImportDevice'))
    assert.deepEqual(
      fields.map((field) => [
        field.name,
        field.kind === 'list' ? field.columns.map(({ member }) => member) : isRequired(field),
      ]),
      [
        ['IotInstanceId', false],
        ['ProductKey', true],
        ['DeviceList', ['DeviceName', 'DeviceSecret', 'Sn']],
      ],
    )
    const names = fieldsOf(operationOf('BatchGetDeviceState')).find(({ name }) => name === 'DeviceName')
    assert.deepEqual(names?.kind === 'list' && names.columns.map(({ member }) => member), [''])
  })

  test('leaves out what is empty, and numbers the rows that are left', () => {
    const fields = fieldsOf(operationOf('BatchCheckImportDevice'))
    const state = {
      singles: { ProductKey: 'a1', IotInstanceId: '' },
      lists: {
        DeviceList: [
          ['lamp-1', 's', ''],
          ['', '', ''],
          ['', 's2', '7'],
        ],
      },
    }
    assert.deepEqual(parametersOf(fields, state), {
      ProductKey: 'a1',
      'DeviceList.1.DeviceName': 'lamp-1',
      'DeviceList.1.DeviceSecret': 's',
      'DeviceList.2.DeviceSecret': 's2',
      'DeviceList.2.Sn': '7',
    })
    assert.deepEqual(
      fields.map((field) => isFilled(field, state)),
      [false, true, true],
    )
  })

  test('comes to the parameters that it was made of, for every operation', () => {
    const value = fc.string({ minLength: 1, maxLength: 4 })
    const anOperation = fc.constantFrom(...catalogue)
    fc.assert(
      fc.property(anOperation, fc.array(fc.tuple(fc.nat(99), fc.nat(11), value)), (operation, given) => {
        const fields = fieldsOf(operation)
        const parameters: Record<string, string> = {}
        for (const [which, n, value] of given) {
          const declared = operation.parameters[which % Math.max(1, operation.parameters.length)]
          if (declared !== undefined) parameters[declared.name.replace('.N', `.${n + 1}`)] = value
        }
        const once = parametersOf(fields, formOf(fields, parameters))
        // The numbers close up; the values stay.
        assert.deepEqual(Object.values(once).sort(), Object.values(parameters).sort())
        assert.deepEqual(parametersOf(fields, formOf(fields, once)), once)
      }),
    )
  })

  test('has an example for every operation, without a fault', () => {
    for (const operation of catalogue) {
      const example = exampleOf(operation, { IotInstanceId: 'iot-1', ProductKey: 'a1' })
      assert.deepEqual(faultsIn(operation, parametersOf(fieldsOf(operation), example)), [], operation.name)
    }
  })

  test('has no instance in an example if none is known', () => {
    const { singles } = exampleOf(operationOf('BatchCheckVehicleDevice'), {})
    assert.equal(singles.IotInstanceId ?? '', '')
  })

  for (const name of [
    'EnableThing',
    'DisableThing',
    'GetDeviceStatus',
    'QueryDeviceDetail',
    'QueryDeviceInfo',
    'QueryDeviceProp',
    'SaveDeviceProp',
    'QueryVehicleDevice',
  ])
    test(`names a device in the example of ${name}`, () => {
      const { singles } = exampleOf(operationOf(name), {})
      assert.ok(singles.ProductKey)
      assert.ok(singles.DeviceName)
    })

  test('names the products in an example of devices of several', () => {
    const { lists } = exampleOf(operationOf('BatchAddDeviceGroupRelations'), {})
    assert.ok(lists.Device?.every(([productKey]) => productKey))
  })
})

suite('operations', () => {
  test('are found by words of their name or summary, all of them without any', () => {
    const count = (search: string) =>
      listed(catalogue, search).reduce((sum, { operations }) => sum + operations.length, 0)
    assert.equal(count(' '), catalogue.length)
    assert.deepEqual(
      listed(catalogue, 'checkimport').flatMap(({ operations }) => operations.map(({ name }) => name)),
      ['BatchCheckImportDevice'],
    )
    assert.equal(count('nosuchthing'), 0)
  })
})
