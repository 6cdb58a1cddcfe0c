import type { Texts } from '../shell/language.tsx'
import type { Kind } from './batch.ts'

export const texts: Texts<{
  readonly kinds: { readonly [K in Kind]: string }
  readonly kind: string
  readonly anyKind: string
  readonly product: string
  readonly anyProduct: string
  readonly openHint: string
  readonly notAnApplyId: string
  readonly batches: string
  readonly state: string
  readonly registered: string
  readonly notRegistered: string
  readonly devices: string
  readonly devicesMeans: string
  readonly devicesThen: string
  readonly made: string
  readonly noneYet: string
  readonly noneFound: string
  readonly toImport: string
  readonly newer: string
  readonly older: string
  readonly again: string
  readonly all: string
  readonly heading: (applyId: number | string) => string
  readonly nowhere: string
  readonly nowhereMeans: string
}> = {
  en: {
    kinds: { Import: 'Import', Register: 'Registration', Check: 'Checked list' },
    kind: 'Kind',
    anyKind: 'All kinds',
    product: 'Product',
    anyProduct: 'All products',
    openHint: 'Open an ApplyId',
    notAnApplyId: 'An ApplyId is a number, such as 1000000001.',
    batches: 'Batches',
    state: 'State',
    registered: 'Registered',
    notRegistered: 'Not registered',
    devices: 'Devices',
    devicesThen: 'Devices then',
    devicesMeans: 'When it was made; some may be deleted since',
    made: 'Created',
    noneYet:
      'Nothing has an ApplyId yet. Imports, registrations and lists of names that were checked appear here.',
    noneFound: 'No batch matches.',
    toImport: 'Import devices',
    newer: 'Newer',
    older: 'Older',
    again: 'Refresh',
    all: 'All batches',
    heading: (applyId) => `ApplyId ${applyId}`,
    nowhere: 'The instance has no batch with this ApplyId',
    nowhereMeans:
      'A checked list that nobody registered is kept for 7 days; the batches of a deleted product go with it.',
  },
  zh: {
    kinds: { Import: '导入', Register: '注册', Check: '校验名单' },
    kind: '类型',
    anyKind: '全部类型',
    product: '产品',
    anyProduct: '全部产品',
    openHint: '输入 ApplyId 直接打开',
    notAnApplyId: 'ApplyId 为数字，例如 1000000001。',
    batches: '批次',
    state: '状态',
    registered: '已注册',
    notRegistered: '未注册',
    devices: '设备数',
    devicesThen: '创建时设备数',
    devicesMeans: '批次创建时的设备数，之后可能有设备被删除',
    made: '创建时间',
    noneYet: '还没有批次。导入、注册设备或校验设备名称后，会在此显示。',
    noneFound: '没有符合条件的批次。',
    toImport: '批量导入设备',
    newer: '较新',
    older: '较早',
    again: '刷新',
    all: '全部批次',
    heading: (applyId) => `ApplyId ${applyId}`,
    nowhere: '该实例下没有此 ApplyId 的批次',
    nowhereMeans: '未注册的校验名单保留 7 天；产品删除后，其批次也随之删除。',
  },
}
