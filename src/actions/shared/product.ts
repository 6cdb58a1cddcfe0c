import { optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Instance } from '../../registry/instances.ts'
import { type Product, productTakesImports } from '../../registry/products.ts'
import { productNameFormat } from '../../rules/product-fields.ts'
import type { Call } from './declare.ts'

/** The parameter IotInstanceId of every operation. */
export const iotInstanceId = optional(
  text({
    en: 'The ID of the instance. Required if the instance has an ID; the public instance has none.',
    zh: '实例 ID。实例有 ID 时必须传入；公共实例没有 ID，不传。',
  }),
)
export const productKey = text({ en: 'The ProductKey of the product.', zh: '产品的 ProductKey。' })
export const newProductName = text({
  en: `The name of the product, unique in the instance: ${productNameFormat.en}.`,
  zh: `产品名称，在实例下唯一：${productNameFormat.zh}。`,
})

/** More products than an instance has. */
const everyProduct = 1_000_000

/** The instance that a call acts in, or iot.system.InstanceNotFound. */
export function instanceOf(call: Call<never>): Instance {
  const { instance, instanceId } = call.target
  if (instance !== undefined) return instance
  return instanceId === undefined
    ? call.fail(
        'iot.system.InstanceNotFound',
        'The account has no public instance, so IotInstanceId must be given.',
      )
    : call.fail('iot.system.InstanceNotFound', `IotInstanceId is ${displayed(instanceId)}.`)
}

/** The product that a call names by its parameter ProductKey, or iot.prod.NotExistedProduct. */
export function productOf(call: Call<'iot.prod.NotExistedProduct'>): Product {
  instanceOf(call)
  const { product, productKey = '' } = call.target
  return product ?? noProduct(call, productKey)
}

/** The product that a call names in any parameter, such as in the entry of a list, or iot.prod.NotExistedProduct. */
export async function productWithKey(
  call: Call<'iot.prod.NotExistedProduct'>,
  productKey: string,
): Promise<Product> {
  if (productKey === call.target.productKey) return productOf(call)
  const product = await call.registry.products.find(instanceOf(call), productKey)
  return product ?? noProduct(call, productKey)
}

function noProduct(call: Call<'iot.prod.NotExistedProduct'>, productKey: string): never {
  const { instanceId } = call.target
  const where =
    instanceId === undefined
      ? 'in the public instance; an instance with an ID takes IotInstanceId'
      : `in ${displayed(instanceId)}`
  return call.fail('iot.prod.NotExistedProduct', `There is no ${displayed(productKey)} ${where}.`)
}

/** Every product of the instance that a call names. */
export async function productsOf(call: Call<never>): Promise<Product[]> {
  const instance = instanceOf(call)
  return (await call.registry.products.page(instance, {}, 0, everyProduct)).products
}

/** The product that a call names, which must take imports. */
export function importProductOf(
  call: Call<'iot.prod.NotExistedProduct' | 'iot.prod.InvalidProductAuthType'>,
): Product {
  const product = productOf(call)
  if (productTakesImports(product)) return product
  return call.fail(
    'iot.prod.InvalidProductAuthType',
    `It is ${product.authType}; a product of a public instance takes imports only as one-party.`,
  )
}

/**
 * The product that a call names, in which devices are to be registered with generated secrets. Devices of a cloud
 * gateway product have secrets already, so they are imported (wire-facts §9).
 */
export function registrationProductOf(
  call: Call<'iot.prod.NotExistedProduct' | 'iot.prod.InvalidProductAuthType'>,
): Product {
  const product = productOf(call)
  if (product.authType !== 'one-party') return product
  return call.fail('iot.prod.InvalidProductAuthType', 'It is one-party: its devices are imported.')
}

/** The product as the store has it now, which may differ from what admission read. */
export async function productAsItIs(
  call: Call<'iot.prod.NotExistedProduct'>,
  product: Product,
): Promise<Product> {
  return (await call.registry.products.again(product)) ?? call.fail('iot.prod.NotExistedProduct')
}

/** Publishes the product that a call names, or takes the publication back. */
export async function setReleased(
  call: Call<'iot.prod.NotExistedProduct'>,
  released: boolean,
): Promise<object> {
  const product = productOf(call)
  if (!(await call.registry.products.update(product, { released }))) call.fail('iot.prod.NotExistedProduct')
  return {}
}
