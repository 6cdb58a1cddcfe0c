import type { Texts } from '../shell/language.tsx'

/** Of one device. */
export const texts: Texts<{
  readonly activated: string
  readonly snUnknown: string
  readonly lastOnline: string
  readonly firmware: string
  readonly ipAddress: string
  readonly never: string
  readonly details: string
  readonly tags: string
  readonly groups: string
  readonly noGroups: string
  readonly enable: string
  readonly disable: string
  readonly editNickname: string
  readonly nicknameHint: string
  readonly nicknameSaved: string
  readonly product: string
  readonly toProduct: string
}> = {
  en: {
    activated: 'Activated',
    snUnknown: 'This key may not call ListDevices, which shows it',
    lastOnline: 'Last online',
    firmware: 'Firmware version',
    ipAddress: 'IP address',
    never: 'Never',
    details: 'Device details',
    tags: 'Tags',
    groups: 'Groups',
    noGroups: 'It is in no group.',
    enable: 'Enable',
    disable: 'Disable',
    editNickname: 'Edit nickname',
    nicknameHint: 'Empty takes the nickname away.',
    nicknameSaved: 'The nickname was changed',
    product: 'Product',
    toProduct: 'To the devices of the product',
  },
  zh: {
    activated: '激活时间',
    snUnknown: '当前密钥无权调用 ListDevices，无法显示',
    lastOnline: '最近上线时间',
    firmware: '固件版本',
    ipAddress: 'IP 地址',
    never: '从未',
    details: '设备信息',
    tags: '标签',
    groups: '分组',
    noGroups: '该设备不在任何分组中。',
    enable: '启用',
    disable: '禁用',
    editNickname: '编辑备注名称',
    nicknameHint: '留空则清除备注名称。',
    nicknameSaved: '备注名称已修改',
    product: '所属产品',
    toProduct: '返回产品的设备列表',
  },
}
