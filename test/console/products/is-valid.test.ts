import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isValid } from '../../../src/console/products/is-valid.ts'
import { type Field, texts } from '../../../src/console/products/rule-texts.ts'

const verdicts: { readonly [F in Field]: { readonly fit: string[]; readonly unfit: string[] } } = {
  ProductName: { fit: ['温控', 'Meter-1_(a)@'], unfit: ['abc', '温', 'a b c d', 'x'.repeat(31)] },
  Description: { fit: ['x'.repeat(100)], unfit: ['x'.repeat(101)] },
  ProtocolType: { fit: ['modbus'], unfit: ['x'.repeat(65)] },
  DeviceName: { fit: ['dev1', 'a-_@.:'], unfit: ['dev', 'dev 1', '设备设备', 'x'.repeat(33)] },
  DeviceSecret: { fit: ['s'], unfit: ['s s', 'x'.repeat(33)] },
  Sn: { fit: ['SN_1'], unfit: ['SN-1', 'x'.repeat(65)] },
  ImportedNickname: { fit: ['a'], unfit: ['昵称', 'x'.repeat(65)] },
  RegisteredNickname: { fit: ['昵称', 'x'.repeat(64)], unfit: ['abc', 'x'.repeat(65)] },
  ChangedNickname: { fit: ['昵称', 'x'.repeat(32)], unfit: ['abc', 'x'.repeat(33), 'a b c'] },
  ProductTagKey: { fit: ['a'], unfit: ['abc', 'a_b', 'x'.repeat(31)] },
  ProductTagValue: { fit: ['红色'], unfit: ['a:b', ' '] },
  DeviceTagKey: { fit: ['ab'], unfit: ['a', 'abc', 'x'.repeat(33)] },
  DeviceTagValue: { fit: ['104.07:30.5', '红色'], unfit: ['a b'] },
}

suite('fields are judged as the server judges them', () => {
  for (const [field, { fit, unfit }] of Object.entries(verdicts) as [
    Field,
    { fit: string[]; unfit: string[] },
  ][])
    test(field, () => {
      for (const text of fit) assert.ok(isValid(field, text), `${field} may be ${text}`)
      for (const text of unfit) assert.ok(!isValid(field, text), `${field} may not be ${text}`)
    })

  test('both languages give the same numbers', () => {
    for (const field of Object.keys(verdicts) as Field[]) {
      const [english, chinese] = [texts.en, texts.zh].map(({ rules }) => rules[field].match(/\d+/g) ?? [])
      assert.deepEqual(chinese, english, field)
    }
  })
})
