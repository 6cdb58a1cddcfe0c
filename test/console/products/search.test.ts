import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import type { Operation } from '../../../src/client/operations.ts'
import {
  actionOf,
  blank,
  type Call,
  isAskable,
  loadPage,
  pageCall,
  readPage,
  type Search,
  type Way,
  ways,
} from '../../../src/console/products/search.ts'
import { searchIn, searchParameters } from '../../../src/console/products/search-address.ts'
import type { Parameters as Sent } from '../../../src/console/shell/parameters.ts'

/** Reads a page from an answer that has only the members that a page needs. */
const pageOf = (way: Way, answer: object) => readPage(way, 'a1', answer as Parameters<typeof readPage>[2])

const operations: readonly Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))
const product = { instance: 'iot-1', productKey: 'a1' }

const searches: readonly (readonly [Search, cursor: string | undefined, Record<string, unknown>])[] = [
  [
    { way: 'prefix', prefix: 'dev' },
    'n1',
    { ProductKey: 'a1', NamePrefix: 'dev', MaxResults: 20, NextToken: 'n1' },
  ],
  [{ way: 'newest' }, undefined, { ProductKey: 'a1', PageSize: 20, NextToken: undefined }],
  [{ way: 'name', name: 'dev1' }, undefined, { ProductKey: 'a1', DeviceName: 'dev1' }],
  [{ way: 'iotId', iotId: 'x000100' }, undefined, { IotId: 'x000100' }],
  [
    { way: 'status', status: 'DISABLE' },
    '3',
    { ProductKey: 'a1', Status: 8, CurrentPage: '3', PageSize: 20 },
  ],
  [
    { way: 'tag', key: 'color', value: 'red' },
    undefined,
    { 'Tag.1.TagKey': 'color', 'Tag.1.TagValue': 'red', CurrentPage: 1, PageSize: 20 },
  ],
  [{ way: 'group', groupId: 'g1' }, '2', { GroupId: 'g1', CurrentPage: '2', PageSize: 20 }],
]

suite('looking for devices', () => {
  for (const [search, cursor, wanted] of searches)
    test(`${search.way} calls ${actionOf[search.way]} within its limits`, () => {
      const { action, parameters } = pageCall(search, product, 20, cursor)
      assert.equal(action, actionOf[search.way])
      assert.deepEqual(parameters, { IotInstanceId: 'iot-1', ...wanted })
      const declared = operations.find(({ name }) => name === action)!.parameters.map(({ name }) => name)
      for (const name of Object.keys(parameters))
        assert.ok(declared.includes(name.replace('.1.', '.N.')), `${action} has no ${name}`)
    })

  test('an empty search waits for input', () => {
    assert.deepEqual(
      ways.filter((way) => isAskable(blank(way))),
      ['prefix', 'newest', 'status'],
    )
    for (const [search] of searches) assert.ok(isAskable(search), search.way)
  })

  test('pages of names continue by token, and include creation times', () => {
    const answer = {
      Data: {
        Device: [{ DeviceName: 'dev1', IotId: 'x', Status: 'UNACTIVE', GmtCreate: 5 }],
        NextToken: 't',
      },
    }
    assert.deepEqual(pageOf('prefix', answer), {
      devices: [
        {
          productKey: 'a1',
          productName: undefined,
          name: 'dev1',
          nickname: undefined,
          status: 'UNACTIVE',
          createdAt: 5,
          iotId: 'x',
          sn: undefined,
        },
      ],
      next: 't',
    })
    assert.equal(pageOf('prefix', { Data: { Device: [] } }).next, undefined)
  })

  test('numbered pages lead on by their number, up to the last', () => {
    const page = (Page: number) =>
      pageOf('tag', {
        Page,
        PageCount: 3,
        Total: 41,
        Data: { SimpleDeviceInfo: [{ ProductKey: 'b2', ProductName: 'other', DeviceName: 'dev2' }] },
      })
    assert.equal(page(2).next, '3')
    assert.equal(page(3).next, undefined)
    assert.equal(page(3).total, 41)
    assert.equal(page(3).devices[0]!.productKey, 'b2')
  })

  test('a single device is a page, in its own product', () => {
    const answer = {
      Data: {
        ProductKey: 'b2',
        ProductName: 'other',
        DeviceName: 'dev3',
        Nickname: 'cellar',
        Status: 'DISABLE',
        UtcCreate: '2026-01-01T00:00:00.000Z',
      },
    }
    assert.deepEqual(pageOf('iotId', answer), {
      devices: [
        {
          productKey: 'b2',
          productName: 'other',
          name: 'dev3',
          nickname: 'cellar',
          status: 'DISABLE',
          createdAt: Date.UTC(2026, 0, 1),
          iotId: undefined,
          sn: undefined,
        },
      ],
      next: undefined,
      total: 1,
    })
  })

  for (const [search, sizes, answers] of [
    [{ way: 'prefix', prefix: 'd' }, [100, 100], 'tokens'],
    [{ way: 'group', groupId: 'g1' }, [200], 'numbers'],
    [{ way: 'tag', key: 'a', value: '' }, [50, 50, 50, 50], 'numbers'],
  ] as const)
    test(`a page of 200 by ${search.way} joins calls of ${sizes.join(', ')}`, async () => {
      const asked: unknown[] = []
      const call = async (_: string, { MaxResults, PageSize, CurrentPage }: Sent) => {
        const size = Number(MaxResults ?? PageSize)
        asked.push(size)
        const devices = Array.from({ length: size }, (_, i) => ({ DeviceName: `d${asked.length}-${i}` }))
        return answers === 'tokens'
          ? { Data: { Device: devices, NextToken: `t${asked.length}` } }
          : { Page: Number(CurrentPage), PageCount: 9, Total: 1800, Data: { SimpleDeviceInfo: devices } }
      }
      const page = await loadPage(call as unknown as Call, search, product, 200, undefined)
      assert.deepEqual(asked, sizes)
      assert.equal(page.devices.length, 200)
      assert.equal(page.next, answers === 'tokens' ? 't2' : String(sizes.length + 1))
    })

  for (const [search] of searches)
    test(`the address of a search by ${search.way} is read as the same search`, () => {
      for (const usual of ['prefix', 'newest'] as const) {
        const given = Object.entries(searchParameters(search, usual)).filter(([, value]) => value)
        assert.deepEqual(searchIn(Object.fromEntries(given) as Record<string, string>, usual), search)
      }
    })
})
