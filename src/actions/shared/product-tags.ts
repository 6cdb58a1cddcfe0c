import { optional, rows, struct, text, wrappedList } from '../../api/shape.ts'
import { NotFound } from '../../registry/registry.ts'
import { invalidTags, tagKeyFormat, tagsMax, tagValueFormat } from '../../rules/tags.ts'
import type { Call } from './declare.ts'
import { productOf } from './product.ts'

/** Tags that one call may name. */
export const tagsPerCall = 10

/** The parameter ProductTag of the operations that set tags; missing members are judged with the rest. */
export const newProductTags = rows({
  members: {
    TagKey: {
      required: false,
      doc: { en: `The key: ${tagKeyFormat.en}.`, zh: `标签键：${tagKeyFormat.zh}。` },
    },
    TagValue: {
      required: false,
      doc: { en: `The value: ${tagValueFormat.en}.`, zh: `标签值：${tagValueFormat.zh}。` },
    },
  },
  max: tagsPerCall,
  required: true,
})

export const productTag = struct({ TagKey: text(), TagValue: text() })

/** The failure answers of these operations. */
export const invalidProductTags = {
  InvalidProductTags: optional(
    wrappedList(
      'ProductTag',
      struct({
        TagKey: optional(text('The key of a tag that is not fit, as it was sent; told with a failure only.')),
        TagValue: optional(text('Its value, as it was sent.')),
      }),
    ),
  ),
}

export const setProductTagsFailures = {
  'iot.prod.NotExistedProduct': 200,
  'iot.common.InvalidFormattedParameter': 200,
} as const

interface Asked {
  readonly ProductTag: readonly {
    readonly TagKey: string | undefined
    readonly TagValue: string | undefined
  }[]
}

/**
 * Sets a product's tags, all or none.
 * @param keys whether the keys must be ones that the product has, or ones that it has not
 */
export async function setProductTags(
  call: Call<keyof typeof setProductTagsFailures>,
  { ProductTag }: Asked,
  keys: 'new' | 'existing',
): Promise<object> {
  const { products } = call.registry
  const product = productOf(call)
  const present = new Set((await products.tags(product)).map(({ key }) => key))
  const sent = ProductTag.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }))
  const invalid = invalidTags(sent, (key) => present.has(key) === (keys === 'existing'))
  if (invalid.length > 0) {
    const bad = `${invalid.length} of ${sent.length} tags are not fit; nothing was changed.`
    const owned = keys === 'new' ? 'one that the product has not' : 'one that the product has'
    const right = `A TagKey must be ${tagKeyFormat.en}, ${owned}, once in a call; a TagValue ${tagValueFormat.en}.`
    call.fail('iot.common.InvalidFormattedParameter', `${bad} ${right}`, {
      InvalidProductTags: { ProductTag: invalid.map(({ key, value }) => ({ TagKey: key, TagValue: value })) },
    })
  }
  try {
    const tags = sent.map(({ key, value }) => ({ key: key!, value: value! }))
    if (await products.setTags(product, tags)) return {}
  } catch (error) {
    if (error instanceof NotFound) return call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
    throw error
  }
  const many = `The product has ${present.size} tags, and may have ${tagsMax}.`
  return call.fail('iot.common.InvalidFormattedParameter', many)
}
