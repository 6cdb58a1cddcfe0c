import type { en } from '../en/products.ts'

export const zh: typeof en = {
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
}
