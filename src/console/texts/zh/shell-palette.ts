import type { en } from '../en/shell-palette.ts'

export const zh: typeof en = {
  title: '跳转',
  placeholder: '页面、产品、设备、IotId、ApplyId、RequestId 或接口',
  results: '结果',
  loading: '正在搜索…',
  none: '没有结果。请输入设备名称的开头，或其他名称的一部分。',
  keys: '↑ ↓ 选择，Enter 打开，Esc 关闭',
  kinds: {
    page: '页面',
    product: '产品',
    device: '设备',
    batch: '批次',
    call: '调用',
    operation: '接口',
  },
}
