import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { devicePath, instancePath, productPath } from '../../../src/console/products/paths.ts'
import { decoded, instanceIn, linkTo } from '../../../src/console/shell/paths.ts'

suite('paths of products and devices', () => {
  for (const [path, wanted] of [
    [instancePath(''), '/-'],
    [instancePath('iot-1n8t0001'), '/iot-1n8t0001'],
    [productPath('', 'a1TestKey01'), '/-/a1TestKey01'],
    [linkTo.products(''), '~/products/-'],
    [linkTo.product('iot-1', 'a1'), '~/products/iot-1/a1'],
    [linkTo.importInto('', 'a1'), '~/import/-/a1'],
    [linkTo.batch('', 7), '~/batches/7'],
    [linkTo.batch('iot-a/b', 7), '~/batches/at/iot-a%2Fb/7'],
    [devicePath('iot_x', 'a1', 'dev-1_@.:'), '/iot_x/a1/dev-1_%40.%3A'],
  ] as const)
    test(wanted, () => assert.equal(path, wanted))

  test('a device is found again by its path, however it is named', () => {
    const characters = [...'abcXYZ019-_@.:']
    const name = fc.array(fc.constantFrom(...characters), { minLength: 4, maxLength: 32 })
    fc.assert(
      fc.property(name, (letters) => {
        const [, instance, productKey, piece] = devicePath('', 'a1', letters.join('')).split('/')
        assert.deepEqual(
          [instanceIn(instance!), decoded(productKey!), decoded(piece!)],
          ['', 'a1', letters.join('')],
        )
      }),
    )
  })

  test('an unencoded segment is returned unchanged', () => {
    assert.equal(decoded('100%'), '100%')
    assert.equal(instanceIn('iot-1'), 'iot-1')
  })
})
