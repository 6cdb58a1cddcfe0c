import type { Texts } from '../shell/language.tsx'

/** Texts for connecting as a device. */
export const texts: Texts<{
  readonly title: string
  readonly show: string
  readonly hide: string
  readonly warning: string
  readonly address: string
  readonly addressWrong: string
  readonly notHere: string
  readonly triple: string
  readonly qrCode: string
  readonly qrHint: string
}> = {
  en: {
    title: 'Connect',
    show: 'Show commands',
    hide: 'Hide commands',
    warning: 'The commands, the triple and the QR code hold credentials of the device.',
    address: 'MQTT address',
    addressWrong: 'Enter an address such as mqtt://192.0.2.1:1883.',
    notHere: 'This server does not serve MQTT. Enter the address of one that does.',
    triple: 'Triple',
    qrCode: 'QR code',
    qrHint: 'The QR code holds the triple as JSON.',
  },
  zh: {
    title: '连接设备',
    show: '显示连接命令',
    hide: '隐藏连接命令',
    warning: '连接命令、三元组和二维码中包含设备的凭证。',
    address: 'MQTT 地址',
    addressWrong: '请输入地址，例如 mqtt://192.0.2.1:1883。',
    notHere: '当前服务器未启用 MQTT，请输入已启用 MQTT 的服务器地址。',
    triple: '三元组',
    qrCode: '二维码',
    qrHint: '二维码内容为 JSON 格式的三元组。',
  },
}
