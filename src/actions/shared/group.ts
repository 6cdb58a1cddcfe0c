import { type Bilingual, optional, rows, struct, text, texts } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Group } from '../../registry/groups.ts'
import type { Instance } from '../../registry/instances.ts'
import { groupDescriptionMax } from '../../rules/group-fields.ts'
import type { Call } from './declare.ts'

export const groupId = text({ en: 'The ID of the group.', zh: '分组 ID。' })
/** The type of every group here; the cloud's dynamic ones gather the devices that match an expression. */
const staticType = 'LINK_PLATFORM'
const dynamicType = 'LINK_PLATFORM_DYNAMIC'
const typeDoc = {
  en: `Only ${staticType}: Rollcall has static groups.`,
  zh: `只能为 ${staticType}：Rollcall 只有静态分组。`,
}
const typeConstraints = {
  values: [staticType],
  failure: 'iot.common.InvalidFormattedParameter',
  unsupported: { [dynamicType]: 'iot.device.RegionNotSupportDynamicGroup' },
} as const
export const groupType = optional(text(typeDoc, { ...typeConstraints, default: staticType }))
export const groupTypes = texts({ max: 2, required: false, doc: typeDoc, constraints: typeConstraints })
/** The parameter GroupDesc. */
export const newGroupDesc = (doc: Bilingual) =>
  optional(
    text(doc, { maxLength: groupDescriptionMax, default: '', failure: 'iot.group.LongGroupDescError' }),
  )
export const utcCreate = text('When the group was made, in ISO 8601 and UTC.')
/** Left out of an answer where there is none, as the pages' samples and clients in the field have it. */
export const groupDesc = text('The description; empty where the group has none.')

export const groupInfo = struct({
  GroupId: text(),
  GroupName: text(),
  GroupType: text(`${staticType}, a static group.`),
  GroupDesc: groupDesc,
  UtcCreate: utcCreate,
})

/** The members that all answers about a group have. */
export const answerOf = ({ groupId, name, description, createdAt }: Group) => ({
  GroupId: groupId,
  GroupName: name,
  GroupType: staticType,
  GroupDesc: description,
  UtcCreate: new Date(createdAt).toISOString(),
})

/** The group that a call names, or iot.group.NotExistedGroup. */
export async function groupOf(
  call: Call<'iot.group.NotExistedGroup'>,
  instance: Instance,
  id: string,
): Promise<Group> {
  const group = await call.registry.groups.find(instance, id)
  return group ?? call.fail('iot.group.NotExistedGroup', `There is no ${displayed(id)} in the instance.`)
}

export const groupTypeFailures = {
  'iot.device.RegionNotSupportDynamicGroup': 200,
  'iot.common.InvalidFormattedParameter': 200,
} as const

/** The parameter Device of the operations that move devices. */
export const groupedDevices = rows({
  members: {
    ProductKey: {
      required: true,
      doc: { en: 'The ProductKey of the device’s product.', zh: '设备所属产品的 ProductKey。' },
    },
    DeviceName: { required: true, doc: { en: 'The name of the device.', zh: '设备名称。' } },
  },
  max: 200,
  required: false,
})

/** Returns the devices as the registry identifies them, or fails with iot.device.NoneDeviceNameElement. */
export function devicesNamed(
  call: Call<'iot.device.NoneDeviceNameElement'>,
  devices: readonly { readonly ProductKey: string; readonly DeviceName: string }[],
) {
  if (devices.length === 0) call.fail('iot.device.NoneDeviceNameElement')
  return devices.map(({ ProductKey, DeviceName }) => ({ productKey: ProductKey, name: DeviceName }))
}
