import type { en } from '../en/overview-traffic.ts'

export const zh: typeof en = {
  title: '连接与消息',
  period: '时间范围',
  hour: '最近 1 小时',
  day: '24 小时',
  month: '30 天',
  form: '显示形式',
  chart: '图表',
  table: '表格',
  connections: '在线设备数',
  connects: '上线次数',
  messages: '消息数',
  up: '上行（设备发出）',
  down: '下行（发往设备）',
  time: '时间',
  from: '区间起点',
  none: '该时间段内没有设备在线。',
  connectionsSummary: (now, highest, connects) =>
    `最近一个时间段：${now} · 最高：${highest} · 上线：${connects} 次`,
  messagesSummary: (up, down) => `上行：${up} · 下行：${down}`,
}
