import type { en } from '../en/shell-copy-button.ts'

export const zh: typeof en = { copy: '复制', copied: '已复制' }
