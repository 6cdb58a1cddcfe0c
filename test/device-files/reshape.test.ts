import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { openRows } from '../../src/device-files/open.ts'
import { fixes, mended } from '../../src/device-files/reshape/fixes.ts'
import {
  changed,
  InvalidRecipe,
  parseRecipe,
  type Step,
  valueBy,
  writeRecipe,
} from '../../src/device-files/reshape/recipe.ts'
import type { Reshape } from '../../src/device-files/reshape/reshape.ts'
import { parseAssignment, parseCondition } from '../../src/device-files/reshape/written.ts'
import { reportedRows } from '../../src/importer/bad-rows.ts'
import { readList } from './read-list.ts'

suite('recipes:', () => {
  const row: Readonly<Record<string, string>> = { name: ' Pump 1 ', site: 'North', 'a|b': 'x', empty: '' }
  for (const [recipe, value] of [
    ['name', ' Pump 1 '],
    ['name | trim', 'Pump 1'],
    ['name|trim|lower|replace " " -', 'pump-1'],
    ['name | trim | upper', 'PUMP 1'],
    ['{site}-{name} | replace " " ""', 'North-Pump1'],
    ['site | prefix "a b|" | suffix _z', 'a b|North_z'],
    ['site | cut 2 3', 'ort'],
    ['site | cut -2', 'th'],
    ['site | cut 3', 'rth'],
    ['{a|b}{site}', 'xNorth'],
    ['dev-{site} | replace "\\"" x', 'dev-North'],
    ['{site}{empty}', undefined],
  ] as const)
    test(recipe, () =>
      assert.equal(
        valueBy(parseRecipe(recipe), (column) => row[column]),
        value,
      ),
    )

  for (const [recipe, message] of [
    ['name | shout', /the steps are trim, lower/],
    ['name | cut 0', /write it as cut START/],
    ['name | replace "" x', /write it as replace FROM TO/],
    ['name | prefix "x', /quote is not closed/],
    ['{name', /brace is not closed/],
  ] as const)
    test(`no recipe: ${recipe}`, () =>
      assert.throws(
        () => parseRecipe(recipe),
        (error: Error) => error instanceof InvalidRecipe && message.test(error.message),
      ))

  test('what is written is read again', () => {
    const step = fc.oneof<fc.Arbitrary<Step>[]>(
      fc.record({ op: fc.constantFrom('trim', 'lower', 'upper') }),
      fc.record({ op: fc.constant('replace'), from: fc.string({ minLength: 1 }), to: fc.string() }),
      fc.record({ op: fc.constantFrom('prefix', 'suffix'), text: fc.string() }),
      fc.record({
        op: fc.constant('cut'),
        start: fc.integer({ min: 1, max: 99 }),
        length: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
      }),
    )
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const recipe = { parts: [{ column: 'Device name' }], steps: steps.map((step) => ({ ...step })) }
        assert.deepEqual(parseRecipe(writeRecipe(recipe)), recipe)
      }),
    )
  })
  test('a step counts characters, not code units', () =>
    assert.equal(changed('😀ab', { op: 'cut', start: 1, length: 2 }), '😀a'))
  test('assignments and conditions', () => {
    assert.equal(parseAssignment('tag:site = Region | lower').target, 'tag:site')
    assert.throws(() => parseAssignment('colour=x'), InvalidRecipe)
    assert.throws(() => parseAssignment('tag:a=x'), InvalidRecipe)
    assert.deepEqual(parseCondition('state!= off'), { column: 'state', isEqual: false, value: 'off' })
    assert.throws(() => parseCondition('state'), InvalidRecipe)
  })
})

suite('fixes:', () => {
  for (const [before, fix, after] of [
    ['lamp-1 ', 'trim', 'lamp-1'],
    ['\u00a0lamp-1\u3000', 'trim', 'lamp-1'],
    ['="00123"', 'unquote', '00123'],
    ['“lamp-1”', 'unquote', 'lamp-1'],
    ["'lamp-1'", 'unquote', 'lamp-1'],
    ['`0001', 'unquote', '0001'],
    ['lamp\u200b-1', 'strip-invisible', 'lamp-1'],
    ['\ufefflamp-1\u0000', 'strip-invisible', 'lamp-1'],
    ['ｌａｍｐ－１', 'full-width', 'lamp-1'],
    ['lamp 1', 'trim', 'lamp 1'],
  ] as const)
    test(`${fix} ${JSON.stringify(before)}`, () => assert.equal(mended(before, [fix]).text, after))
  test('what was not chosen is not done, and twice is as once', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.subarray([...fixes]), (text, chosen) => {
        const once = mended(text, chosen)
        if (chosen.length === 0) assert.equal(once.text, text)
        assert.ok(once.by.every((fix) => chosen.includes(fix)))
        assert.equal(once.by.length > 0, once.text !== text)
      }),
    ))
})

const file = 'DeviceName,DeviceSecret,State\n"lamp-001 ",k1a1,on\nlamp-002,"k2b2\t",off\nlamp 3,k3c3,on\n'
const read = (reshape: Reshape, text = file) => readList(text, { reshape })

test('only chosen fixes change rows, and each change is reported', async () => {
  assert.deepEqual(Object.keys((await readList(file)).bad), ['2', '3', '4'])
  const fixed = await read({ fixes: ['trim'] })
  assert.deepEqual(fixed.good, ['lamp-001 k1a1', 'lamp-002 k2b2'])
  assert.deepEqual(Object.keys(fixed.bad), ['4'])
  assert.deepEqual(fixed.told, ['Fixed', 'Fixed'])
})

test('a fix lets no word for nothing and no damaged number pass', async () => {
  const text = 'DeviceName,DeviceSecret\nlamp-001," NULL "\n" 1.2E+11 ",k2b2\n'
  const { good, bad } = await read({ fixes: ['trim'] }, text)
  assert.deepEqual(good, [])
  assert.match(bad[2]!, /placeholder/)
  assert.match(bad[3]!, /scientific/)
})

test('rows are chosen by a column, and lines stay those of the file', async () => {
  const { good, bad } = await read({ where: [{ column: 'state', isEqual: true, value: 'on' }] })
  assert.deepEqual(good, [])
  assert.deepEqual(Object.keys(bad), ['2', '4'])
  const others = await read({ where: [{ column: 'State', isEqual: false, value: 'on' }], fixes: ['trim'] })
  assert.deepEqual(others.good, ['lamp-002 k2b2'])
})

test('a fix mends a cell before a recipe reads it', async () => {
  const set = { name: [parseRecipe('DeviceName | replace " " -')] }
  const { good, told } = await read({ set, fixes: ['trim'] })
  assert.deepEqual(good, ['lamp-001 k1a1', 'lamp-002 k2b2', 'lamp-3 k3c3'])
  assert.deepEqual(told, ['Fixed', 'Fixed'])
})

test('two names that a recipe makes alike are repeated, not merged', async () => {
  const { good, bad } = await read(
    { set: { name: [parseRecipe('name | lower')] } },
    'Name,Secret\nLamp-001,k1a1\nlamp-001,k2b2\n',
  )
  assert.deepEqual(good, ['lamp-001 k1a1'])
  assert.match(bad[3]!, /repeats line 2/)
})

test('a column that a recipe names must be there', async () => {
  const { error } = await read({ set: { name: [parseRecipe('Site | lower')] } })
  assert.match(error!, /no column "Site"; the columns are "DeviceName"/)
})

test('a recipe without a column changes what the reader has found', async () => {
  const set = { name: [parseRecipe('| replace " " - | trim')], sn: [parseRecipe('| upper')] }
  for (const [text, options] of [
    [file, {}],
    ['k1a1,lamp 3,lamp 3\n', { header: false, map: { name: '3', secret: '1' } }],
    ['"Device Name",Secret,"x"\nlamp 3,k3c3,\n', {}],
    ['{"DeviceName":"lamp 3","DeviceSecret":"k3c3"}\n', {}],
  ] as const) {
    const { good, error } = await readList(text, { reshape: { set }, ...options })
    assert.match(`${error} ${good.at(-1)}`, /undefined lamp-3 k/, text)
  }
  const { error } = await readList('Thing,Secret\nlamp 3,k3c3\n', { reshape: { set } })
  assert.match(error!, /name/)
})

test('a row that was corrected by hand is read as it was typed', async () => {
  const { good, told } = await read({ edits: [{ line: 4, values: { name: 'lamp-003' } }], fixes: ['trim'] })
  assert.deepEqual(good, ['lamp-001 k1a1', 'lamp-002 k2b2', 'lamp-003 k3c3'])
  assert.deepEqual(told, ['Fixed', 'Fixed', 'Fixed'])
})

test('nickname and tags come along; those that are not legal are left out and reported', async () => {
  const text = `{"DeviceName":"lamp-001","DeviceSecret":"k1a1","label":"North_gate","tags":{"floor":3,"a":"x","place":{"x":1}},"Region":"EU"}\n{"DeviceName":"lamp-002","DeviceSecret":"k2b2","label":"a b"}\n`
  const set = {
    nickname: [parseRecipe('label')],
    tags: [parseRecipe('tags')],
    'tag:region': [parseRecipe('Region | lower')],
  }
  const source = await openRows('x.json', one(text), { map: {}, chunkRows: 10, reshape: { set } })
  for await (const rows of source.chunks) {
    assert.deepEqual(rows.attributes!.get(0), { nickname: 'North_gate', tags: { floor: '3', region: 'eu' } })
    assert.equal(rows.attributes!.get(1), undefined)
  }
  assert.deepEqual(
    source.findings().map(({ what, count }) => [what, count]),
    [
      ['tag', 1],
      ['nickname', 1],
    ],
  )
})

test('a report lists changed rows without secrets in its words, and is read again without them', async () => {
  const source = await openRows('x.csv', one(file), { map: {}, chunkRows: 10, reshape: { fixes: ['trim'] } })
  for await (const rows of source.chunks) {
    const listed = [...reportedRows(rows, new Map()).values()].flat()
    assert.deepEqual(
      listed.map(({ code, field, reason }) => [code, field, reason]),
      [
        ['Fixed', 'DeviceName', 'changed by trim to "lamp-001"'],
        ['Fixed', 'DeviceSecret', 'changed by trim'],
      ],
    )
  }
  const { good, told } = await readList(
    'DeviceName,DeviceSecret,line,field,code,reason\nlamp-001,k1a1,2,DeviceName,Fixed,changed\nlamp-002,k2b2,3,DeviceName,InvalidDeviceName | Fixed,x\n',
  )
  assert.deepEqual(good, ['lamp-002 k2b2'])
  assert.deepEqual(told, ['FixedBefore'])
})

async function* one(text: string) {
  yield new TextEncoder().encode(text)
}
