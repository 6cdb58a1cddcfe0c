import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { indented, summaryOf } from '../../../src/console/explorer/answer-text.ts'

suite('an answer is indented', () => {
  test('as JSON.stringify does it, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(indented(JSON.stringify(value)), JSON.stringify(value, null, 2))
      }),
    )
  })

  test('with numbers as sent', () => {
    assert.equal(
      indented('{"a":12345678901234567890,"b":1.0}'),
      '{\n  "a": 12345678901234567890,\n  "b": 1.0\n}',
    )
  })

  const rows = [
    ['<?xml version="1.0"?><A><B>x</B></A>', '<?xml version="1.0"?>\n<A>\n  <B>x</B>\n</A>'],
    ['<A><B></B><C/></A>', '<A>\n  <B></B>\n  <C/>\n</A>'],
    ['<A><B> x &lt; y </B></A>', '<A>\n  <B> x &lt; y </B>\n</A>'],
    ['<html>', '<html>'],
    ['{"a":', '{"a":'],
    ['no JSON', 'no JSON'],
    ['', ''],
  ]
  for (const [text, expected] of rows)
    test(JSON.stringify(text), () => assert.equal(indented(text!), expected))

  test('with the same content as before', () => {
    const value = fc.stringMatching(/^[a-z &]{1,5}$/).map((text) => text.replaceAll('&', '&amp;'))
    const xml = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        value.map((text) => `<T>x${text}</T>`),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((nodes) => `<S>${nodes.join('')}</S>`),
      ),
    })).node
    fc.assert(
      fc.property(xml, (xml) => {
        assert.equal(indented(xml).replace(/\n */g, ''), xml)
      }),
    )
  })

  test('of two megabytes', () => {
    const list = Array.from({ length: 20_000 }, (_, i) => ({
      DeviceName: `lamp-${i}`,
      ErrorMsg: 'The device name is illegal.',
    }))
    const value = { RequestId: 'r', Success: true, Data: { InvalidDetailList: list } }
    assert.equal(indented(JSON.stringify(value)), JSON.stringify(value, null, 2))
  })
})

suite('a summary', () => {
  const success = { requestId: 'R', code: '', message: '', isSuccess: true }
  const failure = { requestId: 'R', code: 'iot.x', message: 'a < b', isSuccess: false }
  const rows: readonly (readonly [number, string, object])[] = [
    [200, '{"RequestId":"R","Success":true}', success],
    [200, '<?xml version="1.0"?><A><RequestId>R</RequestId><Success>true</Success></A>', success],
    [200, '{"RequestId":"R","Success":false,"Code":"iot.x","ErrorMessage":"a < b"}', failure],
    [400, '{"RequestId":"R","Code":"iot.x","Message":"a < b"}', failure],
    [400, '<Error><RequestId>R</RequestId><Code>iot.x</Code><Message>a &lt; b</Message></Error>', failure],
    [200, '<A><Data><Code>inner</Code></Data><RequestId>R</RequestId><Success>true</Success></A>', success],
    [502, '<html><h1>Bad Gateway', { requestId: '', code: '', message: '', isSuccess: false }],
    [200, 'null', { requestId: '', code: '', message: '', isSuccess: false }],
  ]
  for (const [status, text, expected] of rows)
    test(text, () => assert.deepEqual(summaryOf(status, text), expected))
})
