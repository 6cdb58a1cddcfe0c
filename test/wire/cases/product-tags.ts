import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, now, ordinaryProduct, product } from '../../support/wire-server.ts'

type Tag = readonly [key: string | undefined, value?: string]

/** The parameters of a list of tags, numbered from 1. */
const tagged = (...tags: readonly Tag[]): Fields =>
  Object.fromEntries(
    tags.flatMap(([key, value], i) => [
      [`ProductTag.${i + 1}.TagKey`, key],
      [`ProductTag.${i + 1}.TagValue`, value],
    ]),
  )
const create = (fields: Fields) => v1({ Action: 'CreateProductTags', ...product, ...fields })
const update = (fields: Fields) => v1({ Action: 'UpdateProductTags', ...product, ...fields })
const remove = (fields: Fields) => v1({ Action: 'DeleteProductTags', ...product, ...fields })
/** Two tags that the product has before the call that is shown. */
const roomAndHall = create({
  ...tagged(['room', '102'], ['hall.1', '大厅_a-b']),
  SignatureNonce: 'before-1',
})
const told = (...tags: readonly Tag[]) => ({
  ProductTag: tags.map(([TagKey, TagValue]) => ({
    ...(TagKey !== undefined && { TagKey }),
    ...(TagValue !== undefined && { TagValue }),
  })),
})
const elsewhere = { ProductKey: documentProduct.ProductKey }
const notExisted = {
  name: 'not-existed-product',
  shows: 'A product that is not in the instance does not exist.',
  status: 200,
  code: 'iot.prod.NotExistedProduct',
  message: 'The specified product does not exist. …',
} as const
const invalid = {
  status: 200,
  code: 'iot.common.InvalidFormattedParameter',
  message: 'The parameter format is invalid. …',
} as const

const ten = (from: number) => Array.from({ length: 10 }, (_, i): Tag => [`key.${from + i}`, 'value'])
const unfit: readonly Tag[] = [
  ['hall 1', '102'],
  ['hall', '123$'],
  ['abc', 'reserved'],
  ['room', '103'],
  ['a'.repeat(31), 'v'],
  ['floor', '楼'.repeat(65)],
  ['wing'],
  [undefined, 'value'],
]

/** CreateProductTags. */
export const createProductTagsCases: readonly WireCase[] = [
  {
    name: 'created',
    shows: 'The document’s sample: two tags.',
    call: create(tagged(['first', 'value1'], ['second', 'value2'])),
    status: 200,
    members: {},
  },
  {
    name: 'invalid-tags',
    shows: 'Malformed tags, and keys that stand in the call before, are told; nothing is changed.',
    call: create(tagged(['room', '102'], ...unfit)),
    ...invalid,
    message: 'The parameter format is invalid. 8 of 9 tags are not fit; nothing was changed. …',
    members: { InvalidProductTags: told(...unfit) },
  },
  {
    name: 'existing-key',
    shows: 'A key that the product has is not new.',
    before: [roomAndHall],
    call: v3('CreateProductTags', { ...product, ...tagged(['room', '102'], ['lamp', '1']) }),
    ...invalid,
    members: { InvalidProductTags: told(['room', '102']) },
  },
  {
    name: 'too-many-tags',
    shows: 'A product may have 100 tags.',
    before: Array.from({ length: 10 }, (_, i) =>
      create({ ...tagged(...ten(10 * i)), SignatureNonce: `before-${i}` }),
    ),
    call: create(tagged(['one.more', 'value'])),
    ...invalid,
    message: 'The parameter format is invalid. The product has 100 tags, and may have 100.',
  },
  {
    name: 'eleven-tags',
    shows: 'A call may name 10.',
    call: create(tagged(...ten(0), ['one.more', 'value'])),
    status: 400,
    code: 'InvalidProductTag',
    row: 'InvalidParameter',
    message: 'Specified parameter ProductTag is not valid. It has 11 entries; a call takes 10.',
  },
  {
    name: 'no-tags',
    shows: 'And one at least.',
    call: create({}),
    status: 400,
    code: 'MissingProductTag',
    row: 'MissingParameter',
    message: 'ProductTag is mandatory for this action.',
  },
  { ...notExisted, call: create({ ...tagged(['room', '102']), ...elsewhere }) },
]

/** UpdateProductTags. */
export const updateProductTagsCases: readonly WireCase[] = [
  {
    name: 'updated',
    shows: 'Values of tags that the product has are changed.',
    before: [roomAndHall],
    call: update(tagged(['room', '202'])),
    status: 200,
    members: {},
  },
  {
    name: 'not-existing-key',
    shows: 'A key must be one that the product has; nothing is changed otherwise.',
    before: [roomAndHall],
    call: v3('UpdateProductTags', { ...product, ...tagged(['room', '202'], ['Room', '202']) }),
    ...invalid,
    members: { InvalidProductTags: told(['Room', '202']) },
  },
  { ...notExisted, call: update({ ...tagged(['room', '102']), ...elsewhere }) },
]

/** DeleteProductTags. */
export const deleteProductTagsCases: readonly WireCase[] = [
  {
    name: 'deleted',
    shows: 'Tags are deleted by their keys; one that there is not is passed over.',
    before: [roomAndHall],
    call: remove({ 'ProductTagKey.1': 'room', 'ProductTagKey.2': 'none' }),
    status: 200,
    members: {},
  },
  { ...notExisted, call: v3('DeleteProductTags', { ...elsewhere, 'ProductTagKey.1': 'room' }) },
]

/** ListProductTags. */
export const listProductTagsCases: readonly WireCase[] = [
  {
    name: 'listed',
    shows: 'A product’s tags, in the order of their keys, under the inner name ProductTag.',
    before: [roomAndHall],
    call: v1({ Action: 'ListProductTags', ...product }),
    status: 200,
    members: { Data: told(['hall.1', '大厅_a-b'], ['room', '102']) },
  },
  {
    name: 'none',
    shows: 'A product without tags has an empty list.',
    call: v3('ListProductTags', product),
    status: 200,
    members: { Data: { ProductTag: [] } },
  },
  {
    name: 'after-changes',
    shows: 'What was updated and deleted is so; a refused call changed nothing.',
    before: [
      roomAndHall,
      update({ ...tagged(['room', '202']), SignatureNonce: 'before-2' }),
      remove({ 'ProductTagKey.1': 'hall.1', SignatureNonce: 'before-3' }),
      create({ ...tagged(['lamp', '1'], ['lamp', '2']), SignatureNonce: 'before-4' }),
    ],
    call: v1({ Action: 'ListProductTags', ...product }),
    status: 200,
    members: { Data: told(['room', '202']) },
  },
  { ...notExisted, call: v1({ Action: 'ListProductTags', ...elsewhere }) },
]

const both = [
  roomAndHall,
  create({ ...ordinaryProduct, ...tagged(['room', '103']), SignatureNonce: 'before-2' }),
]
const byTags = (fields: Fields) => v1({ Action: 'ListProductByTags', ...fields })
const gateway = { ...product, ProductName: 'cloud-gateway', NodeType: 0, Description: '', CreateTime: now }
const lamps = { ...ordinaryProduct, ProductName: '灯具(二)', NodeType: 0, Description: '', CreateTime: now }
const products = (...ProductInfo: readonly object[]) => ({ ProductInfos: { ProductInfo } })

/** ListProductByTags. */
export const listProductByTagsCases: readonly WireCase[] = [
  {
    name: 'any-tag',
    shows: 'Products that have at least one of the tags, newest first.',
    before: both,
    call: byTags(tagged(['room', '103'], ['hall.1', '大厅_a-b'], ['none', 'none'])),
    status: 200,
    members: products(lamps, gateway),
  },
  {
    name: 'by-value',
    shows: 'A tag with a value is of this value.',
    before: both,
    call: byTags(tagged(['room', '102'])),
    status: 200,
    members: products(gateway),
  },
  {
    name: 'by-key',
    shows: 'Without a value the key is enough; one product on a page, so the second is the older one.',
    before: both,
    call: v3('ListProductByTags', { ...tagged(['room']), CurrentPage: '2', PageSize: '1' }),
    status: 200,
    members: products(gateway),
  },
  {
    name: 'other-instance',
    shows: 'Products of another instance are not among them.',
    before: both,
    call: byTags({ ...tagged(['room']), IotInstanceId: documentProduct.IotInstanceId }),
    status: 200,
    members: products(),
  },
  {
    name: 'invalid-page-params',
    shows: 'A page may have 50 products.',
    call: byTags({ ...tagged(['room']), PageSize: '51' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. PageSize must be from 1 to 50, not 51.',
  },
  {
    name: 'no-key',
    shows: 'A tag without a key is refused.',
    call: byTags(tagged([undefined, '102'])),
    status: 400,
    code: 'MissingProductTag.1.TagKey',
    row: 'MissingParameter',
    message: 'ProductTag.1.TagKey is mandatory for this action.',
  },
]
