import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isNamedLike, type ListedProduct, tagTyped } from '../../../src/console/products/product-search.ts'

const product: ListedProduct = {
  name: 'Heat meters',
  productKey: 'a1BwAGV',
  description: '',
  nodeType: 0,
  createdAt: 0,
}

suite('looking for products', () => {
  for (const [text, isFound] of [
    ['heat', true],
    [' METERS ', true],
    ['bwag', true],
    ['gas', false],
  ] as const)
    test(`${text}: ${isFound}`, () => assert.equal(isNamedLike(product, text), isFound))

  for (const [text, tag] of [
    ['color', { key: 'color', value: '' }],
    [' color=red ', { key: 'color', value: 'red' }],
    ['a=b=c', { key: 'a', value: 'b=c' }],
    ['=red', undefined],
    ['', undefined],
  ] as const)
    test(`the tag ${JSON.stringify(text)}`, () => assert.deepEqual(tagTyped(text), tag))
})
