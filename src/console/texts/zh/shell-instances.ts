import type { en } from '../en/shell-instances.ts'

export const zh: typeof en = { instance: '实例', publicInstance: '公共实例', idHint: '实例 ID；公共实例留空' }
