import type { en } from '../en/products-device.ts'

export const zh: typeof en = {
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
}
