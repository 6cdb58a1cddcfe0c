import type { en } from '../en/access.ts'

export const zh: typeof en = {
  users: 'RAM 用户',
  keys: '访问密钥',
  quotas: '调用限额',
  tabs: '访问控制',
  made: '创建时间',
  cancel: '取消',
  save: '保存',
  actions: '操作',
  whoAreYou: (user, account, id) => `当前身份：主账号 ${account}（${id}）的 RAM 用户 ${user}`,
  accountsOnly: 'RAM 用户、访问密钥和调用限额只能用主账号自己的密钥修改。',
  youMayAll: '除此之外，可调用全部操作。',
  youMayNothing: '不可调用任何操作，可由主账号密钥授权。',
  youMay: (count) => `可调用 ${count} 个操作，依据以下权限：`,
  theseOperations: '可调用的操作',
}
