import type { en } from '../en/shell-secret.ts'

export const zh: typeof en = {
  show: (name) => `显示 ${name}`,
  hide: (name) => `隐藏 ${name}`,
  hidden: (name) => `${name}（已隐藏）`,
}
