import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, ordinaryProduct, product } from '../../support/wire-server.ts'

/** A call that comes before the one that is shown. */
const first = (fields: Fields, nonce = 'before') => v1({ ...fields, SignatureNonce: nonce })
const release = { Action: 'ReleaseProduct', ...product }
const notExisted = {
  shows: 'A product that is not in the instance does not exist.',
  status: 200,
  code: 'iot.prod.NotExistedProduct',
  message: 'The specified product does not exist. There is no "a1BwAGV0000" in the public instance; …',
} as const
const elsewhere = { ProductKey: documentProduct.ProductKey }

const update = (fields: Fields) =>
  v1({ Action: 'UpdateProduct', ...product, ProductName: 'gateway(2)', ...fields })

/** UpdateProduct. */
export const updateProductCases: readonly WireCase[] = [
  {
    name: 'updated',
    shows: 'Name and description are changed; a published product’s too.',
    before: [first(release)],
    call: update({ Description: 'for lamps' }),
    status: 200,
    members: {},
  },
  {
    name: 'same-name',
    shows: 'A product may keep its name.',
    call: v3('UpdateProduct', { ...product, ProductName: 'cloud-gateway' }),
    status: 200,
    members: {},
  },
  {
    name: 'already-existed-product-name',
    shows: 'The name of another product of the instance is refused.',
    call: update({ ProductName: '灯具(二)' }),
    status: 200,
    code: 'iot.prod.AlreadyExistedProductName',
    message: 'The product name already exists. It is 灯具(二).',
  },
  {
    name: 'invalid-formatted-product-name',
    shows: 'So is an illegal name.',
    call: update({ ProductName: '灯' }),
    status: 200,
    code: 'iot.prod.InvalidFormattedProductName',
    message: 'The product name format is invalid.',
  },
  {
    name: 'long-product-desc',
    shows: 'And a long description.',
    call: update({ Description: 'x'.repeat(101) }),
    status: 200,
    code: 'iot.prod.LongProductDesc',
    message: 'The product description is too long. …',
  },
  { name: 'not-existed-product', ...notExisted, call: update(elsewhere) },
]

/** DeleteProduct. */
export const deleteProductCases: readonly WireCase[] = [
  {
    name: 'deleted',
    shows: 'A product is deleted with its devices.',
    call: v1({ Action: 'DeleteProduct', ...product }),
    status: 200,
    members: {},
  },
  {
    name: 'deleted-before',
    shows: 'A product that was deleted does not exist.',
    before: [first({ Action: 'DeleteProduct', ...ordinaryProduct })],
    call: v1({ Action: 'DeleteProduct', ...ordinaryProduct }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. There is no "a1TestKey09" in the public instance; …',
  },
  {
    name: 'product-has-published',
    shows: 'A published product stays.',
    before: [first(release)],
    call: v3('DeleteProduct', product),
    status: 200,
    code: 'Product.has.published',
    message: 'Product has published. CancelReleaseProduct unpublishes a1TestKey01.',
  },
  {
    name: 'unpublished',
    shows: 'Unless it is unpublished first.',
    before: [first(release, 'before-1'), first({ ...release, Action: 'CancelReleaseProduct' }, 'before-2')],
    call: v1({ Action: 'DeleteProduct', ...product }),
    status: 200,
    members: {},
  },
]

const lifeCases = (Action: string, done: string): readonly WireCase[] => [
  {
    name: done,
    shows: `A product is ${done}.`,
    call: v1({ Action, ...documentProduct }),
    status: 200,
    members: {},
  },
  {
    name: `${done}-before`,
    shows: 'Once more is fine.',
    before: [first({ Action, ...product })],
    call: v3(Action, product),
    status: 200,
    members: {},
  },
  { name: 'not-existed-product', ...notExisted, call: v1({ Action, ...elsewhere }) },
]

/** ReleaseProduct. */
export const releaseProductCases = lifeCases('ReleaseProduct', 'published')
/** CancelReleaseProduct. */
export const cancelReleaseProductCases = lifeCases('CancelReleaseProduct', 'unpublished')
