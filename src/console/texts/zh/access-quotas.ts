import type { en } from '../en/access-quotas.ts'

export const zh: typeof en = {
  about: '每个操作每秒允许的调用次数，由主账号与其 RAM 用户共用。超出的调用会被限流。修改立即生效。',
  search: '操作',
  changedOnly: '只看已修改的',
  operation: 'API 操作',
  perSecond: '每秒调用次数',
  declared: '默认值',
  changed: '已修改',
  refusesAll: '全部拒绝',
  change: '修改',
  reset: '恢复默认',
  isDeclared: '当前已是默认值。',
  changeOf: (action) => `${action} 的调用限额`,
  newValue: '每秒调用次数，0 到 999,999,999',
  zero: '设为 0 将拒绝该操作的所有调用。',
  notZero: '控制台需要该操作：设为 0 后将无法登录或修改限额。至少为 1。',
  needed: '请输入 0 到 999,999,999 之间的整数。',
  declaredIs: (count) => `默认值：每秒 ${count} 次。`,
  fixed: '该服务器的调用限额不可修改',
  fixedHow: '服务器以 --fixed-quotas 启动，由管理员用 rollcall quota set 修改。',
  none: '没有符合条件的操作。',
}
