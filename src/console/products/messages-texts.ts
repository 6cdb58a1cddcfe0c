import type { Texts } from '../shell/language.tsx'

/** Texts for live messages of a device and for sending to it. */
export const texts: Texts<{
  readonly title: string
  readonly start: string
  readonly stop: string
  readonly pause: string
  readonly resume: string
  readonly clear: string
  readonly paused: (held: number) => string
  readonly empty: string
  readonly stopped: string
  readonly up: string
  readonly down: string
  readonly lost: string
  readonly topic: string
  readonly content: string
  readonly publish: string
  readonly ask: string
  readonly sent: string
}> = {
  en: {
    title: 'Messages',
    start: 'Show live messages',
    stop: 'Stop',
    pause: 'Pause',
    resume: 'Resume',
    clear: 'Clear',
    paused: (held) => `Paused; ${held} new`,
    empty: 'Waiting for messages. Connect the device and publish one.',
    stopped: 'Show live messages to see what the device sends from then on.',
    up: 'Up',
    down: 'Down',
    lost: 'The connection broke; the page reconnects.',
    topic: 'Topic',
    content: 'Message',
    publish: 'Publish',
    ask: 'Send request (RRpc)',
    sent: 'The message was sent',
  },
  zh: {
    title: '消息',
    start: '查看实时消息',
    stop: '停止',
    pause: '暂停',
    resume: '继续',
    clear: '清空',
    paused: (held) => `已暂停，新消息 ${held} 条`,
    empty: '正在等待消息，请连接设备并发布一条消息。',
    stopped: '点击“查看实时消息”，即可查看设备此后上报的消息。',
    up: '上行',
    down: '下行',
    lost: '连接已断开，正在重连。',
    topic: 'Topic',
    content: '消息内容',
    publish: '发布消息',
    ask: '同步请求（RRpc）',
    sent: '消息已发送',
  },
}
