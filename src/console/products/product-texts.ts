import type { AuthType } from '../../rules/product-fields.ts'
import type { Texts } from '../shell/language.tsx'

/** Of making, changing and ending a product. */
export const texts: Texts<{
  readonly create: string
  readonly editTitle: string
  readonly wasCreated: (name: string) => string
  readonly saved: string
  readonly authMeans: { readonly [A in AuthType]: string }
  readonly takes: string
  readonly takesNot: string
  readonly nodeMeans: string
  readonly protocolMeans: string
  readonly formatMeans: string
  readonly stays: string
  readonly details: string
  readonly tags: string
  readonly released: string
  readonly unreleased: string
  readonly release: string
  readonly unrelease: string
  readonly releaseMeans: string
  readonly unreleaseMeans: string
  readonly releasedNow: string
  readonly unreleasedNow: string
  readonly unreleaseFirst: string
  readonly deleteTitle: (name: string) => string
  readonly deleteMeans: (devices: string) => string
  readonly deleteEmpty: string
  readonly typeKey: (key: string) => string
  readonly deleted: (name: string) => string
  readonly secretMeans: string
  readonly importsLabel: string
  readonly yes: string
  readonly no: string
  readonly categoryLabel: string
  readonly validateLabel: string
  readonly validate: (type: number) => string
  readonly commodityLabel: string
}> = {
  en: {
    create: 'Create product',
    editTitle: 'Edit product',
    wasCreated: (name) => `The product ${name} was created`,
    saved: 'The product was changed',
    authMeans: {
      'one-party':
        'For standard MQTT devices that bring a user name and a password: they are imported as DeviceName and DeviceSecret.',
      secret: 'Each device gets a DeviceSecret that the server draws when it is registered.',
      x509: 'Devices prove who they are with a certificate.',
    },
    takes:
      'Takes batch imports: BatchCheckImportDevice and BatchImportDevice accept devices with DeviceSecrets of their own.',
    takesNot:
      'Takes no batch imports: in the public instance only one-party products do. Devices are registered instead, with secrets that are drawn.',
    nodeMeans: 'A gateway connects other devices; a device connects itself.',
    protocolMeans:
      'Of a gateway’s devices, such as modbus. jt808, gb32960 and sl651 say what BatchImportVehicleDevice asks.',
    formatMeans: 'Kept as a fact about the product.',
    stays: 'A description can be changed, but not taken away again.',
    details: 'Product details',
    tags: 'Tags',
    released: 'Published',
    unreleased: 'In development',
    release: 'Publish',
    unrelease: 'Unpublish',
    releaseMeans: 'A published product can’t be deleted. Devices can be added and removed all the same.',
    unreleaseMeans: 'The product is in development again, and can be deleted.',
    releasedNow: 'The product was published',
    unreleasedNow: 'The product is in development again',
    unreleaseFirst: 'It is published: unpublish it first.',
    deleteTitle: (name) => `Delete the product ${name}?`,
    deleteMeans: (devices) =>
      devices === '1'
        ? 'Its only device is deleted with it: its name, secret, nickname and tags. This can’t be undone.'
        : `Its ${devices} devices are deleted with it: their names, secrets, nicknames and tags. This can’t be undone.`,
    deleteEmpty: 'It has no devices. Its ProductSecret and tags are deleted with it. This can’t be undone.',
    typeKey: (key) => `Type its ProductKey, ${key}, to confirm`,
    deleted: (name) => `The product ${name} was deleted`,
    secretMeans: 'All devices of a product share it; whoever has it speaks for the product.',
    importsLabel: 'Batch import',
    yes: 'Accepted',
    no: 'Not accepted',
    categoryLabel: 'Category',
    validateLabel: 'Data validation',
    validate: (type) => ({ 1: 'Weak', 2: 'None' })[type] ?? String(type),
    commodityLabel: 'Kind',
  },
  zh: {
    create: '创建产品',
    editTitle: '编辑产品',
    wasCreated: (name) => `产品 ${name} 已创建`,
    saved: '产品已修改',
    authMeans: {
      'one-party':
        '适用于自带用户名和密码的标准 MQTT 设备：将用户名、密码作为 DeviceName、DeviceSecret 导入平台。',
      secret: '注册设备时由服务器为每个设备生成 DeviceSecret。',
      x509: '设备使用数字证书进行身份认证。',
    },
    takes: '支持批量导入：可通过 BatchCheckImportDevice 和 BatchImportDevice 导入自带 DeviceSecret 的设备。',
    takesNot: '不支持批量导入：公共实例中仅一方认证的产品支持。请改用注册设备，密钥由服务器生成。',
    nodeMeans: '网关设备可挂载其他设备，直连设备自行接入。',
    protocolMeans:
      '网关下设备的接入协议，例如 modbus。jt808、gb32960、sl651 决定 BatchImportVehicleDevice 所需的字段。',
    formatMeans: '仅作为产品属性保存。',
    stays: '描述可以修改，但不能清空。',
    details: '产品信息',
    tags: '标签',
    released: '已发布',
    unreleased: '开发中',
    release: '发布',
    unrelease: '撤销发布',
    releaseMeans: '已发布的产品不能删除，但仍可增删设备。',
    unreleaseMeans: '产品将恢复为开发中，并可删除。',
    releasedNow: '产品已发布',
    unreleasedNow: '已撤销发布',
    unreleaseFirst: '产品已发布，请先撤销发布。',
    deleteTitle: (name) => `确认删除产品 ${name}？`,
    deleteMeans: (devices) =>
      `产品下的 ${devices} 个设备将一并删除，包括设备名称、密钥、备注名称和标签，且无法恢复。`,
    deleteEmpty: '该产品下没有设备，其 ProductSecret 和标签将一并删除，且无法恢复。',
    typeKey: (key) => `请输入 ProductKey（${key}）以确认`,
    deleted: (name) => `产品 ${name} 已删除`,
    secretMeans: '产品下所有设备共用，请妥善保管。',
    importsLabel: '批量导入',
    yes: '支持',
    no: '不支持',
    categoryLabel: '品类',
    validateLabel: '数据校验级别',
    validate: (type) => ({ 1: '弱校验', 2: '免校验' })[type] ?? String(type),
    commodityLabel: '产品版本',
  },
}
