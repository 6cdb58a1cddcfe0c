import type { Texts } from '../shell/language.tsx'

/** Of tags, a product's or a device's. */
export const texts: Texts<{
  readonly tags: string
  readonly key: string
  readonly value: string
  readonly add: string
  readonly addTitle: string
  readonly changeTitle: (key: string) => string
  readonly change: (key: string) => string
  readonly remove: (key: string) => string
  readonly removeTitle: (key: string) => string
  readonly exists: (key: string) => string
  readonly full: (max: number) => string
}> = {
  en: {
    tags: 'Tags',
    key: 'Key',
    value: 'Value',
    add: 'Add tag',
    addTitle: 'Add a tag',
    changeTitle: (key) => `Change the tag ${key}`,
    change: (key) => `Change the tag ${key}`,
    remove: (key) => `Remove the tag ${key}`,
    removeTitle: (key) => `Remove the tag ${key}?`,
    exists: (key) => `There is a tag ${key} already; click on it to change it.`,
    full: (max) => `It has ${max} tags, which is as many as there may be.`,
  },
  zh: {
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
  },
}
