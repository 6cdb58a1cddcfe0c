import type { Texts } from '../shell/language.tsx'

/** Of the list of products. */
export const texts: Texts<{
  readonly searchBy: string
  readonly byName: string
  readonly byTag: string
  readonly namePlaceholder: string
  readonly tagPlaceholder: string
  readonly noneFound: string
  readonly noneYet: string
  readonly noInstances: string
  readonly openByKey: string
  readonly create: string
}> = {
  en: {
    searchBy: 'Search by',
    byName: 'Name or ProductKey',
    byTag: 'Tag',
    namePlaceholder: 'Part of a name or of a ProductKey',
    tagPlaceholder: 'key or key=value',
    noneFound: 'No product matches.',
    noneYet: 'There is no product in this instance yet. Create one, and devices can be imported into it.',
    noInstances: 'This account has no instance yet. On the server, `rollcall instance create` makes one.',
    openByKey: 'Open a product by its ProductKey',
    create: 'Create product',
  },
  zh: {
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
  },
}
