import type { en } from '../en/products-list.ts'

export const zh: typeof en = {
  searchBy: '搜索方式',
  byName: '产品名称或 ProductKey',
  byTag: '标签',
  namePlaceholder: '产品名称或 ProductKey 的一部分',
  tagPlaceholder: '标签键，或 标签键=标签值',
  noneFound: '没有符合条件的产品。',
  noneYet: '该实例下还没有产品。创建产品后即可导入设备。',
  noInstances: '该账号还没有实例，可在服务器上用 rollcall instance create 创建。',
  openByKey: '输入 ProductKey 打开产品',
  create: '创建产品',
  refresh: '刷新',
  actions: '操作',
  importInto: '批量导入设备',
}
