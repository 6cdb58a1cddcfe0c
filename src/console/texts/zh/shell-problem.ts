import type { en } from '../en/shell-problem.ts'

export const zh: typeof en = {
  unreachable: '无法连接服务器。请确认服务器正在运行，且本机与它之间的网络可用。',
  maybeDone: '无法确定操作是否已执行：请先查看结果，再决定是否重试。',
  wrongKey: '该 AccessKeyId 不存在或已被禁用。',
  wrongSecret: 'AccessKeySecret 与该 AccessKeyId 不匹配。',
  clock: '本机时钟与服务器时钟相差过大：签名请求带有时间，过期的会被拒绝。请校准时钟后重试。',
  denied: '该密钥没有此权限。可用主账号密钥在“访问控制”中授权。',
  throttled:
    '账号对该操作的限额已用完，请稍后重试。限额见“访问控制”，或在服务器上运行 rollcall quota list；限额为 0 时一律拒绝。',
  unclear: '服务器未能处理该请求；可用此 RequestId 在服务器日志中查看详情。',
  notApi: '应答的不是 Rollcall，或请求被中间设备截获。',
  retry: '重试',
  unexpected: '控制台出现错误：',
}
