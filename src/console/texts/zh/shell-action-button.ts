import type { en } from '../en/shell-action-button.ts'

export const zh: typeof en = {
  lacks: (action) => `当前密钥无权调用 ${action}，可用主账号密钥在“访问控制”中授权。`,
  ofAccount: (action) => `${action} 只能使用主账号密钥调用，当前为 RAM 用户的密钥。`,
}
