import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import * as rule from '../rules/identifiers.ts'
import type { AuthType, InstanceKind, NetType } from '../rules/product-fields.ts'
import { isProductName, productName, takesImports } from '../rules/product-fields.ts'
import { tagsMax } from '../rules/tags.ts'
import {
  NotFound,
  type ProductChange,
  type ProductFilter,
  type ProductRow,
  type Storage,
  type Tag,
} from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'
import type { Instance } from './instances.ts'
import { productPurpose } from './purposes.ts'
import { openFor, seal, type Vault } from './vault.ts'

export interface Product extends ProductRow {
  /** The account that owns the product's instance. */
  readonly account: number
  readonly authType: AuthType
  readonly netType: NetType
  readonly instanceKind: InstanceKind
}

/** A client's choices for a product; the rest is generated or has a default. */
export interface NewProduct {
  readonly name: string
  readonly authType: AuthType
  readonly productKey?: string | undefined
  readonly nodeType?: number | undefined
  readonly dataFormat?: number | undefined
  readonly netType?: NetType | undefined
  readonly protocolType?: string | undefined
  readonly categoryKey?: string | undefined
  readonly description?: string | undefined
  readonly commodityCode?: string | undefined
  readonly validateType?: number | undefined
}

export interface Products {
  /** @throws Taken if the instance has a product of that name, or the ProductKey is in use */
  create(instance: Instance, product: NewProduct): Promise<{ product: Product; productSecret: string }>
  /** Returns the product that an account's call names; undefined if the instance does not have it. */
  find(instance: Instance, productKey: string): Promise<Product | undefined>
  findById(instance: Instance, id: number): Promise<Product | undefined>
  /** Reads the product again; undefined if it is gone. */
  again(product: Product): Promise<Product | undefined>
  /** @throws NotThere if the product is gone */
  secretOf(product: Product): Promise<string>
  /** Returns a page of products, newest first, with the total. */
  page(
    instance: Instance,
    filter: ProductFilter,
    offset: number,
    limit: number,
  ): Promise<{ products: Product[]; total: number }>
  /**
   * Returns false if the product is gone.
   * @throws Taken if its instance already uses the name
   */
  update(product: Product, change: ProductChange): Promise<boolean>
  /** Deletes a product with its devices and everything else tied to it. Returns false if it was gone. */
  delete(product: Product): Promise<boolean>
  /** Returns a product's tags, ordered by key. */
  tags(product: Product): Promise<Tag[]>
  /**
   * Creates or replaces tags, all or none.
   * @returns false if the product would exceed its limit
   * @throws NotThere if the product is gone
   */
  setTags(product: Product, tags: readonly Tag[]): Promise<boolean>
  deleteTags(product: Product, keys: readonly string[]): Promise<void>
}

/** Reports whether devices may be imported into a product. */
export const productTakesImports = (product: Product) => takesImports(product.authType, product.instanceKind)

/** A product as the store has it, with what its instance adds; the database checks AuthType and NetType. */
export const productOfRow = (row: ProductRow, instance: Instance): Product =>
  ({ ...row, account: instance.account, instanceKind: instance.kind }) as Product

export function products(storage: Storage, vault: Vault, clock: Clock, random: Random): Products {
  const store = storage.products
  return {
    async create(instance, chosen) {
      const productKey = chosen.productKey ?? `a1${randomText(random, 9)}`
      rule.assertValid(rule.productKey, productKey)
      if (!isProductName(chosen.name)) {
        const { min, max } = productName
        throw new Error(
          `the product name ${JSON.stringify(chosen.name)} must be ${min} to ${max} letters, digits or - _ @ ( )`,
        )
      }
      const productSecret = randomText(random, 16)
      const what = `the product name ${JSON.stringify(chosen.name)} or the ProductKey ${productKey}`
      await describeDuplicate(what, () =>
        vault.withNewDataKey((key, dataKey) =>
          store.insert(
            {
              instance: instance.id,
              productKey,
              name: chosen.name,
              authType: chosen.authType,
              nodeType: chosen.nodeType ?? 0,
              dataFormat: chosen.dataFormat ?? 0,
              netType: chosen.netType ?? 'OTHER',
              protocolType: chosen.protocolType,
              categoryKey: chosen.categoryKey,
              description: chosen.description ?? '',
              commodityCode: chosen.commodityCode ?? 'iothub_senior',
              validateType: chosen.validateType,
              sealedSecret: seal(
                key,
                Buffer.from(productSecret),
                productPurpose({ account: instance.account, instance: instance.id, productKey }),
                random,
              ),
              createdAt: clock.now(),
            },
            dataKey,
          ),
        ),
      )
      const row = await store.find(instance.id, productKey)
      return { product: productOfRow(row!, instance), productSecret }
    },
    async find(instance, productKey) {
      const row = await store.find(instance.id, productKey)
      return row && productOfRow(row, instance)
    },
    async findById(instance, id) {
      const row = await store.findById(instance.id, id)
      return row && productOfRow(row, instance)
    },
    async again(product) {
      const row = await store.findById(product.instance, product.id)
      return row && ({ ...product, ...row } as Product)
    },
    secretOf: (product) =>
      vault.withDataKeys(async (unwrap) => {
        const wrapped = await storage.dataKeys.find(product.dataKey)
        if (wrapped === undefined) throw new NotFound(`the product ${product.productKey}`)
        return openFor(
          `the secret of the product ${product.productKey}`,
          unwrap(wrapped),
          product.sealedSecret,
          productPurpose(product),
        ).toString()
      }),
    async page(instance, filter, offset, limit) {
      const [rows, total] = await Promise.all([
        store.page(instance.id, filter, offset, limit),
        store.count(instance.id, filter),
      ])
      return { products: rows.map((row) => productOfRow(row, instance)), total }
    },
    update: ({ id }, change) => store.update(id, change),
    delete: ({ id }) => store.delete(id),
    tags: ({ id }) => store.tags(id),
    setTags: ({ id }, tags) => store.setTags(id, tags, tagsMax),
    deleteTags: ({ id }, keys) => store.deleteTags(id, keys),
  }
}
