import type { en } from '../en/access-users.ts'

export const zh: typeof en = {
  about: 'RAM 用户使用自己的访问密钥操作主账号的数据，共用主账号的调用限额，且只能调用被授权的操作。',
  create: '创建 RAM 用户',
  edit: '修改权限',
  editOf: (user) => `${user} 的权限`,
  remove: '删除',
  nameless: '请输入用户名。',
  nameRule: '1 到 64 个字母、数字或 _ . - @',
  nameTaken: (name) => `RAM 用户 ${name} 已存在。`,
  permissions: '权限',
  keyCount: '访问密钥',
  none: '还没有 RAM 用户。建议为每个应用创建一个，并只授予所需权限。',
  removeOf: (user) => `删除 RAM 用户 ${user}？`,
  removeLoses: (keys) =>
    keys === 0
      ? '该用户没有访问密钥。'
      : `其 ${keys} 个访问密钥将一并删除，使用它们的调用随即被拒绝。此操作不可撤销。`,
  created: (user) => `RAM 用户 ${user} 已创建，还需要一个访问密钥：`,
  saved: (user) => `${user} 的权限已修改。`,
  createKey: '创建访问密钥',
  presets: { all: '全部', read: '只读', some: '指定操作', none: '无权限' },
  presetMeans: {
    all: '除 RAM 用户、访问密钥和调用限额的管理外的所有操作，包括以后版本新增的操作。',
    read: '查询、列举和校验类操作。',
    some: '自行选择的操作和通配模式。',
    none: '适用于即将停用的用户。',
  },
  patterns: '操作与通配模式',
  patternsHint: '选择操作，或输入通配模式，例如 iot:Query*',
  invalid: (pattern) =>
    `${pattern} 格式不正确：应为 iot: 加操作名，例如 iot:BatchCheckImportDevice 或 iot:Query*。`,
  matchesNothing: (pattern) => `${pattern} 未匹配任何可授权给 RAM 用户的操作，请注意大小写。`,
  tooMany: '最多 100 条。',
  noneChosen: '请至少选择一个操作。',
  allows: (count, of) => `可调用 ${of} 个操作中的 ${count} 个`,
  secrets: (_, text) => `其中 ${text} 个操作会返回设备或产品的密钥：`,
}
