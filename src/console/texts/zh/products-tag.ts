import type { en } from '../en/products-tag.ts'

export const zh: typeof en = {
  tags: '标签',
  key: '标签键',
  value: '标签值',
  add: '添加标签',
  addTitle: '添加标签',
  changeTitle: (key) => `修改标签 ${key}`,
  change: (key) => `修改标签 ${key}`,
  remove: (key) => `移除标签 ${key}`,
  removeTitle: (key) => `确认移除标签 ${key}？`,
  exists: (key) => `标签 ${key} 已存在，点击该标签即可修改。`,
  full: (max) => `已有 ${max} 个标签，达到上限。`,
}
