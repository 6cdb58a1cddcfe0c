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
  summary: {
    en: 'Lists the devices of an instance that have all of the tags in pages, newest first.',
    zh: '分页查询实例下带有全部指定标签的设备，最新的在前。',
  },
  version: '2018-01-20',
  quota: { perSecond: 5 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...paging({ en: 'Devices', zh: '设备' }, pageSizeMax),
    Tag: rows({
      members: {
        TagKey: { required: true, doc: { en: 'The key of a tag.', zh: '标签键。' } },
        TagValue: {
          required: false,
          doc: {
            en: 'The value of the tag. If it is not given, any value matches.',
            zh: '标签值；不传则匹配任意值（旧版文档允许）。',
          },
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
        IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
      }),
    ),
  },

  failures: { 'iot.common.InvalidPageParams': 200 },

  async run({ CurrentPage, PageSize, Tag }, call) {
    const page = pageOf({ CurrentPage, PageSize })
    const products = await productsOf(call)
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
