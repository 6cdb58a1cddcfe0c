import { rows, struct, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { pages, pagesOf } from '../shared/pages.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { iotInstanceId, productsOf } from '../shared/product.ts'

const pageSizeMax = 50

/** Lists the devices that have tags. */
export const queryDeviceByTags = action({
  name: 'QueryDeviceByTags',
  family: 'tags',
  effect: 'read',
  summary: 'Lists, page by page, the devices of an instance that have all of some tags, newest first.',
  version: '2018-01-20',
  quota: { perSecond: 5 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...paging('Devices', pageSizeMax),
    Tag: rows({
      members: {
        TagKey: { required: true, doc: 'The key of a tag.' },
        TagValue: {
          required: false,
          doc: 'Its value; any one where it is left out, which an older page allows.',
        },
      },
      max: 10,
      required: true,
    }),
  },

  answer: {
    ...pages,
    Data: wrappedList(
      'SimpleDeviceInfo',
      struct({
        ProductKey: text(),
        ProductName: text(),
        DeviceName: text(),
        IotId: text('The ID of the device.'),
      }),
    ),
  },

  failures: { 'iot.common.InvalidPageParams': 200 },

  async run({ IotInstanceId, CurrentPage, PageSize, Tag }, call) {
    const page = pageOf(call, { CurrentPage, PageSize }, pageSizeMax)
    const products = await productsOf(call, IotInstanceId)
    const tags = Tag.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }))
    const { devices, total } = await call.registry.deviceLists.tagged(
      products,
      tags,
      page.offset,
      page.PageSize,
    )
    const productOf = new Map(products.map((product) => [product.id, product]))
    return {
      ...pagesOf(page, total),
      Data: {
        SimpleDeviceInfo: devices.map(({ product, name, iotId }) => ({
          ProductKey: productOf.get(product)!.productKey,
          ProductName: productOf.get(product)!.name,
          DeviceName: name,
          IotId: iotId,
        })),
      },
    }
  },
})
