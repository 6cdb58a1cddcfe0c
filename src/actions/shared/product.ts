import type { Call } from '../../api/action.ts'
import type { FailureCode } from '../../api/failures.ts'
import { optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Instance } from '../../registry/instances.ts'
import { type Product, productTakesImports } from '../../registry/products.ts'
import type { Registry } from '../../registry/registry.ts'
import { productNameFormat } from '../../rules/product-fields.ts'

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

type AnyCall<F extends FailureCode> = Call<F, Registry>

/** The instance that a call acts in, or iot.system.InstanceNotFound. */
export async function instanceOf(call: AnyCall<never>, instanceId: string | undefined): Promise<Instance> {
  const instance = await call.registry.instances.find(call.account, instanceId)
  if (instance !== undefined) return instance
  return instanceId === undefined
    ? call.fail(
        'iot.system.InstanceNotFound',
        'The account has no public instance, so IotInstanceId must be given.',
      )
    : call.fail('iot.system.InstanceNotFound', `IotInstanceId is ${displayed(instanceId)}.`)
}

/** The product that a call names, or iot.prod.NotExistedProduct. */
export async function productOf(
  call: AnyCall<'iot.prod.NotExistedProduct'>,
  instanceId: string | undefined,
  key: string,
): Promise<Product> {
  const instance = await instanceOf(call, instanceId)
  const product = await call.registry.products.find(instance, key)
  const where =
    instanceId === undefined
      ? 'in the public instance; an instance with an ID takes IotInstanceId'
      : `in ${displayed(instanceId)}`
  return product ?? call.fail('iot.prod.NotExistedProduct', `There is no ${displayed(key)} ${where}.`)
}

/** Every product of the instance that a call names. */
export async function productsOf(call: AnyCall<never>, instanceId: string | undefined): Promise<Product[]> {
  const instance = await instanceOf(call, instanceId)
  return (await call.registry.products.page(instance, {}, 0, everyProduct)).products
}

/** The product that a call names, which must take imports. */
export async function importProductOf(
  call: AnyCall<'iot.prod.NotExistedProduct' | 'iot.prod.InvalidProductAuthType'>,
  instanceId: string | undefined,
  key: string,
): Promise<Product> {
  const product = await productOf(call, instanceId, key)
  if (productTakesImports(product)) return product
  return call.fail(
    'iot.prod.InvalidProductAuthType',
    `It is ${product.authType}; a product of a public instance takes imports only as one-party.`,
  )
}

/**
 * The same, where devices are to be registered in it with secrets that are drawn. Devices of a cloud gateway
 * product bring their own, so they are imported (wire-facts §9).
 */
export async function registrationProductOf(
  call: AnyCall<'iot.prod.NotExistedProduct' | 'iot.prod.InvalidProductAuthType'>,
  instanceId: string | undefined,
  key: string,
): Promise<Product> {
  const product = await productOf(call, instanceId, key)
  if (product.authType !== 'one-party') return product
  return call.fail('iot.prod.InvalidProductAuthType', 'It is one-party: its devices are imported.')
}

/** A product read anew, past what was read at the call's admission. */
export async function productAsItIs(
  call: AnyCall<'iot.prod.NotExistedProduct'>,
  product: Product,
): Promise<Product> {
  return (await call.registry.products.again(product)) ?? call.fail('iot.prod.NotExistedProduct')
}

/** Publishes a product that a call names, or takes it back. */
export async function setReleased(
  call: AnyCall<'iot.prod.NotExistedProduct'>,
  { IotInstanceId, ProductKey }: { readonly IotInstanceId?: string | undefined; readonly ProductKey: string },
  released: boolean,
): Promise<object> {
  const product = await productOf(call, IotInstanceId, ProductKey)
  if (!(await call.registry.products.update(product, { released }))) call.fail('iot.prod.NotExistedProduct')
  return {}
}
