import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as iot from '@alicloud/iot20180120'
import { goodDevices } from '../../support/sdk-devices.ts'
import { openTarget, ownServerOnly } from '../../support/sdk-target.ts'
import { typedClient, typedDevices } from '../../support/sdk-typed.ts'

/** The operations about products' life, their tags and groups of devices, by the SDK's own models. */
const target = await openTarget()
after(() => target.close())

/** An SDK's models as plain data. */
const plain = (model: object | undefined) => JSON.parse(JSON.stringify(model))

/** An answer's members beside those that every answer has. */
async function answered<B extends Common>(call: Promise<{ statusCode?: number; body: B }>) {
  const { statusCode, body } = await call
  assert.deepEqual([statusCode, body.success, body.code], [200, true, undefined], body.errorMessage)
  assert.match(body.requestId!, /^[0-9A-F-]{36}$/)
  return body
}
/** The code of a failure; its text begins as it should. */
async function failed(call: Promise<{ statusCode?: number; body: Common }>, text: RegExp): Promise<string> {
  const { statusCode, body } = await call
  assert.deepEqual([statusCode, body.success], [200, false])
  assert.match(body.errorMessage!, text)
  return body.code!
}
interface Common {
  readonly success?: boolean
  readonly code?: string
  readonly errorMessage?: string
  readonly requestId?: string
}

const invalidParameter = 'iot.common.InvalidFormattedParameter'

const signatures = [
  { name: 'ACS3-HMAC-SHA256', client: typedClient(target), prefix: 'Acs3' },
  { name: 'signature V1', client: typedClient(target, 'v2'), prefix: 'V1' },
]

for (const { name, client, prefix } of signatures) {
  describe(`iot20180120 with its models, ${name}`, { skip: ownServerOnly }, () => {
    let productKey: string
    const devices = goodDevices(3)
    before(async () => {
      const created = await answered(
        client.createProduct(
          new iot.CreateProductRequest({
            productName: `${prefix}_lamps`,
            nodeType: 0,
            authType: 'one-party',
          }),
        ),
      )
      productKey = created.productKey!
      await answered(
        client.batchImportDevice(
          new iot.BatchImportDeviceRequest({ productKey, deviceList: typedDevices(devices) }),
        ),
      )
    })
    const told = async () =>
      (await answered(client.queryProduct(new iot.QueryProductRequest({ productKey })))).data!

    test('a product is renamed, published and unpublished', async () => {
      const productName = `${prefix}_路灯`
      const renamed = { productKey, productName, description: 'for "lamps" & <more>' }
      await answered(client.updateProduct(new iot.UpdateProductRequest(renamed)))
      await answered(client.releaseProduct(new iot.ReleaseProductRequest({ productKey })))
      const { productStatus, ...after } = await told()
      assert.equal(productStatus, 'RELEASE_STATUS')
      assert.deepEqual(
        [after.productName, after.description, after.deviceCount],
        [productName, renamed.description, 3],
      )
      const refused = client.deleteProduct(new iot.DeleteProductRequest({ productKey }))
      assert.equal(await failed(refused, /^Product has published\./), 'Product.has.published')
      await answered(client.cancelReleaseProduct(new iot.CancelReleaseProductRequest({ productKey })))
      assert.equal((await told()).productStatus, 'DEVELOPMENT_STATUS')
    })

    test('a product’s tags are created, changed, listed, queried and deleted', async () => {
      const tag = (tagKey: string, tagValue?: string) => ({ tagKey, tagValue })
      const key = `${prefix}.room`
      const create = (...productTag: ReturnType<typeof tag>[]) =>
        client.createProductTags(new iot.CreateProductTagsRequest({ productKey, productTag }))
      const update = (...productTag: ReturnType<typeof tag>[]) =>
        client.updateProductTags(new iot.UpdateProductTagsRequest({ productKey, productTag }))
      const list = async () =>
        plain((await answered(client.listProductTags(new iot.ListProductTagsRequest({ productKey })))).data)
          .productTag
      assert.deepEqual(await list(), [])

      assert.equal(
        (await answered(create(tag(key, '102'), tag('hall', '大厅')))).invalidProductTags,
        undefined,
      )
      const twice = await create(tag(key, '103'), tag('floor', '123$'), tag('wing', 'west'))
      assert.equal(await failed(Promise.resolve(twice), /^The parameter format/), invalidParameter)
      assert.deepEqual(plain(twice.body.invalidProductTags), {
        productTag: [tag(key, '103'), tag('floor', '123$')],
      })
      await answered(update(tag(key, '202')))
      const unknown = await update(tag('wing', 'west'))
      assert.equal(await failed(Promise.resolve(unknown), /^The parameter format/), invalidParameter)
      assert.deepEqual(plain(unknown.body.invalidProductTags), { productTag: [tag('wing', 'west')] })
      assert.deepEqual(await list(), [tag(key, '202'), tag('hall', '大厅')])

      const found = await answered(
        client.listProductByTags(
          new iot.ListProductByTagsRequest({
            currentPage: 1,
            pageSize: 50,
            productTag: [tag(key), tag('none', 'none')],
          }),
        ),
      )
      const [product, ...rest] = found.productInfos!.productInfo!
      assert.deepEqual(rest, [])
      const { createTime, ...info } = plain(product)
      assert.ok(Math.abs(createTime - Date.now()) < 60_000)
      const { productName, description } = await told()
      assert.deepEqual(info, { productKey, productName, nodeType: 0, description })

      const productTagKey = [key, 'hall', 'none']
      await answered(
        client.deleteProductTags(new iot.DeleteProductTagsRequest({ productKey, productTagKey })),
      )
      assert.deepEqual(await list(), [])
    })

    test('groups are made, nested, described, listed and deleted', async () => {
      const superGroupId = await makeGroup(`${prefix}_house`, { groupDesc: 'all of it' })
      const groupId = await makeGroup(`${prefix}_楼层`, { superGroupId })
      const info = async (groupId: string) => {
        const request = new iot.QueryDeviceGroupInfoRequest({ groupId })
        const { utcCreate, ...told } = plain((await answered(client.queryDeviceGroupInfo(request))).data)
        assert.ok(Math.abs(Date.parse(utcCreate) - Date.now()) < 60_000)
        assert.match(utcCreate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
        return told
      }
      const counts = { dynamicGroupExpression: '', deviceCount: 0, deviceActive: 0, deviceOnline: 0 }
      const house = { groupId: superGroupId, groupName: `${prefix}_house`, groupDesc: 'all of it' }
      assert.deepEqual(await info(superGroupId), { ...house, ...counts })
      await answered(
        client.updateDeviceGroup(new iot.UpdateDeviceGroupRequest({ groupId, groupDesc: 'test2' })),
      )
      const floor = { groupId, groupName: `${prefix}_楼层`, groupDesc: 'test2' }
      assert.deepEqual(await info(groupId), { ...floor, ...counts })

      const list = async (asked: object) => {
        const request = new iot.QueryDeviceGroupListRequest({ currentPage: 1, pageSize: 10, ...asked })
        const { data, currentPage, pageSize, pageCount, total } = await answered(
          client.queryDeviceGroupList(request),
        )
        assert.deepEqual([currentPage, pageSize, pageCount], [1, 10, 1])
        const groups = plain(data).groupInfo.map(({ utcCreate: _, ...group }: { utcCreate: string }) => group)
        assert.equal(total, groups.length)
        return groups
      }
      const listed = { ...floor, groupType: 'LINK_PLATFORM' }
      assert.deepEqual(await list({ superGroupId }), [listed])
      assert.deepEqual(await list({ groupName: floor.groupName, groupTypes: ['LINK_PLATFORM'] }), [listed])

      const remove = (groupId: string) =>
        client.deleteDeviceGroup(new iot.DeleteDeviceGroupRequest({ groupId }))
      const refused = await failed(remove(superGroupId), /delete those first/)
      assert.equal(refused, 'iot.group.DeleteGroupFailed')
      await answered(remove(groupId))
      await answered(remove(superGroupId))
      assert.equal(await failed(remove(groupId), /does not exist/), 'iot.group.NotExistedGroup')
    })

    test('devices are put into groups, listed there and taken out', async () => {
      const groupId = await makeGroup(`${prefix}_lamps`)
      const [one, two, three] = devices.map(({ DeviceName }) => DeviceName) as [string, string, string]
      const add = (...names: string[]) =>
        answered(
          client.batchAddDeviceGroupRelations(
            new iot.BatchAddDeviceGroupRelationsRequest({
              groupId,
              device: names.map((deviceName) => ({ productKey, deviceName })),
            }),
          ),
        )
      const counted = async (...names: string[]) => {
        const { validDeviceCount, successAddedDeviceCount, ...rest } = await add(...names)
        const { alreadyRelatedGroupDeviceCount, exceedTenGroupDeviceCount } = rest
        return [
          validDeviceCount,
          successAddedDeviceCount,
          alreadyRelatedGroupDeviceCount,
          exceedTenGroupDeviceCount,
        ]
      }
      assert.deepEqual(await counted(one, two), [2, 2, 0, 0])
      assert.deepEqual(await counted(two, three, 'nobody'), [2, 1, 1, 0])

      const { data, ...page } = await answered(
        client.queryDeviceListByDeviceGroup(
          new iot.QueryDeviceListByDeviceGroupRequest({ groupId, currentPage: 2, pageSize: 2 }),
        ),
      )
      assert.deepEqual([page.page, page.pageSize, page.pageCount, page.total], [2, 2, 2, 3])
      const [{ iotId, ...device }, ...rest] = plain(data).simpleDeviceInfo
      assert.match(iotId, /^[0-9A-Za-z]{28}$/)
      const { productName } = await told()
      assert.deepEqual([device, ...rest], [{ productKey, productName, deviceName: one }])

      const groupsOf = async (deviceName: string) => {
        const request = new iot.QueryDeviceGroupByDeviceRequest({ productKey, deviceName })
        const { groupInfos } = await answered(client.queryDeviceGroupByDevice(request))
        return groupInfos!.groupInfo!.map((group) => [group.groupId, group.groupName, group.groupType])
      }
      assert.deepEqual(await groupsOf(one), [[groupId, `${prefix}_lamps`, 'LINK_PLATFORM']])

      const removed = await answered(
        client.batchDeleteDeviceGroupRelations(
          new iot.BatchDeleteDeviceGroupRelationsRequest({
            groupId,
            device: [one, 'nobody'].map((deviceName) => ({ productKey, deviceName })),
          }),
        ),
      )
      const { validDeviceCount, alreadyRelatedGroupDeviceCount, successDeviceCount } = removed
      assert.deepEqual([validDeviceCount, alreadyRelatedGroupDeviceCount, successDeviceCount], [1, 1, 1])
      assert.deepEqual(await groupsOf(one), [])
    })

    // Last, since the others need the product.
    test('a product is deleted with its devices', async () => {
      await answered(client.deleteProduct(new iot.DeleteProductRequest({ productKey })))
      const gone = client.queryProduct(new iot.QueryProductRequest({ productKey }))
      assert.equal(await failed(gone, /does not exist/), 'iot.prod.NotExistedProduct')
      const groupName = `${prefix}_lamps`
      const { data } = await answered(
        client.queryDeviceGroupList(new iot.QueryDeviceGroupListRequest({ groupName })),
      )
      const groupId = data!.groupInfo![0]!.groupId!
      const { total } = await answered(
        client.queryDeviceListByDeviceGroup(new iot.QueryDeviceListByDeviceGroupRequest({ groupId })),
      )
      assert.equal(total, 0)
    })

    async function makeGroup(groupName: string, more: object = {}): Promise<string> {
      const request = new iot.CreateDeviceGroupRequest({ groupName, ...more })
      const { data } = await answered(client.createDeviceGroup(request))
      assert.match(data!.groupId!, /^[0-9A-Za-z]{16}$/)
      assert.equal(data!.groupName, groupName)
      return data!.groupId!
    }
  })
}
