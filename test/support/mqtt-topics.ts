import type { SignedInDevice } from '../../src/mqtt/service.ts'

/** A device of an ordinary product with a new product's three topic classes. */
export const takesOwnTopics = (given: Partial<SignedInDevice> = {}): SignedInDevice => {
  const productKey = given.productKey ?? 'a1TestKey01'
  const prefix = `/${productKey}/\${deviceName}/user`
  return {
    product: 1,
    number: 1,
    productKey,
    name: 'device1',
    hasFreeTopics: false,
    topicClasses: () => [
      { template: `${prefix}/update`, operation: 'PUB' },
      { template: `${prefix}/update/error`, operation: 'PUB' },
      { template: `${prefix}/get`, operation: 'SUB' },
    ],
    ...given,
  }
}
