import type { AuthType, NetType } from '../../rules/product-fields.ts'
import type { Texts } from '../shell/language.tsx'

/** What products and devices have in common on this page. */
export const texts: Texts<{
  readonly products: string
  readonly status: (status: string) => string
  readonly node: (nodeType: number) => string
  readonly auth: { readonly [A in AuthType]: string }
  readonly net: { readonly [N in NetType]: string }
  readonly format: (dataFormat: number) => string
  readonly name: string
  readonly nickname: string
  readonly description: string
  readonly statusLabel: string
  readonly nodeLabel: string
  readonly authLabel: string
  readonly netLabel: string
  readonly formatLabel: string
  readonly protocolLabel: string
  readonly devices: string
  readonly created: string
  readonly none: string
  readonly save: string
  readonly cancel: string
  readonly close: string
  readonly edit: string
  readonly delete: string
  readonly required: (field: string) => string
}> = {
  en: {
    products: 'Products',
    status: (status) =>
      ({ UNACTIVE: 'Inactive', DISABLE: 'Disabled', ONLINE: 'Online', OFFLINE: 'Offline' })[status] ?? status,
    node: (nodeType) => (nodeType === 1 ? 'Gateway' : 'Device'),
    auth: {
      'one-party': 'One-party (cloud gateway)',
      secret: 'Device secret',
      x509: 'X.509 certificate',
    },
    net: { WIFI: 'Wi-Fi', CELLULAR: 'Cellular', ETHERNET: 'Ethernet', OTHER: 'Other' },
    format: (dataFormat) => (dataFormat === 1 ? 'Alink JSON' : 'Custom'),
    name: 'Name',
    nickname: 'Nickname',
    description: 'Description',
    statusLabel: 'Status',
    nodeLabel: 'Node type',
    authLabel: 'Authentication',
    netLabel: 'Network',
    formatLabel: 'Data format',
    protocolLabel: 'Protocol',
    devices: 'Devices',
    created: 'Created',
    none: 'None',
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    edit: 'Edit',
    delete: 'Delete',
    required: (field) => `The ${field} is needed`,
  },
  zh: {
    products: '产品',
    status: (status) =>
      ({ UNACTIVE: '未激活', DISABLE: '已禁用', ONLINE: '在线', OFFLINE: '离线' })[status] ?? status,
    node: (nodeType) => (nodeType === 1 ? '网关设备' : '直连设备'),
    auth: {
      'one-party': '一方认证（云网关）',
      secret: '设备密钥',
      x509: 'X.509 证书',
    },
    net: { WIFI: 'Wi-Fi', CELLULAR: '蜂窝网络', ETHERNET: '以太网', OTHER: '其他' },
    format: (dataFormat) => (dataFormat === 1 ? 'ICA 标准数据格式（Alink JSON）' : '透传/自定义'),
    name: '名称',
    nickname: '备注名称',
    description: '描述',
    statusLabel: '状态',
    nodeLabel: '节点类型',
    authLabel: '认证方式',
    netLabel: '连网方式',
    formatLabel: '数据格式',
    protocolLabel: '接入协议',
    devices: '设备',
    created: '创建时间',
    none: '无',
    save: '保存',
    cancel: '取消',
    close: '关闭',
    edit: '编辑',
    delete: '删除',
    required: (field) => `请输入${field}`,
  },
}
