import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProps } from '../../src/rules/device-tags.ts'

const faultOf = (props: string) => {
  const read = readProps(props)
  return 'fault' in read ? read.fault : 'fine'
}
const tag = (key: string, value: unknown = 'v') => JSON.stringify({ [key]: value })
const tags = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k.${i}`, 'v'])))

const rows: [props: string, fault: string][] = [
  [tag('color', 'red'), 'fine'],
  [tag('coordinate', '104.07086:30.549169'), 'fine'],
  [tag('aB.9', '灯-_.:Z'), 'fine'],
  [tag('k'.repeat(32)), 'fine'],
  [tag('k'.repeat(33)), 'key'],
  [tag('k'), 'key'],
  [tag(''), 'key'],
  [tag('a_b'), 'key'],
  [tag('灯灯'), 'key'],
  [tag('abc'), 'key'],
  [tag('abcd'), 'fine'],
  ['{"__proto__":"v"}', 'key'],
  [tag('kk', 'v'.repeat(128)), 'fine'],
  [tag('kk', 'v'.repeat(129)), 'value'],
  [tag('kk', '灯'.repeat(64)), 'fine'],
  [tag('kk', '灯'.repeat(65)), 'value'],
  [tag('kk', ''), 'value'],
  [tag('kk', 'a b'), 'value'],
  [tag('kk', 'a\n'), 'value'],
  [tag('kk', null), 'value'],
  [tag('kk', { a: 1 }), 'value'],
  [tag('kk', ['a']), 'value'],
  ['{"kk":1e400}', 'fine'],
  [tags(100), 'fine'],
  [tags(101), 'too-many'],
  ['{}', 'none'],
  ['[]', 'malformed'],
  ['null', 'malformed'],
  ['"color"', 'malformed'],
  ['{"color":"red"', 'malformed'],
  [`{"color":"red"${' '.repeat(5120 - 15)}}`, 'fine'],
  [`{"color":"red"${' '.repeat(5120 - 14)}}`, 'too-long'],
  [`{"color":"${'灯'.repeat(1705)}"}`, 'too-long'],
]

for (const [props, fault] of rows) {
  const shown = props.length > 40 ? `${props.slice(0, 40)}… of ${props.length}` : props
  test(`${shown} is ${fault}`, () => assert.equal(faultOf(props), fault))
}

test('numbers and booleans become texts, and of a repeated key the last value counts', () => {
  assert.deepEqual(readProps('{"room":101,"on":true,"t1":-1.5,"room":"102"}'), [
    { key: 'room', value: '102' },
    { key: 'on', value: 'true' },
    { key: 't1', value: '-1.5' },
  ])
})
