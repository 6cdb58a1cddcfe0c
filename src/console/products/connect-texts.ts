import type { Texts } from '../shell/language.tsx'

/** Texts for connecting as a device. */
export const texts: Texts<{
  readonly title: string
  readonly show: string
  readonly hint: string
  readonly program: string
  readonly address: string
  readonly addressWrong: string
  readonly notHere: string
  readonly triple: string
  readonly qrCode: string
  readonly qrHint: string
  readonly qrHidden: string
}> = {
  en: {
    title: 'Connect as this device',
    show: 'Show credentials',
    hint: 'Copy a command or a program and run it. Each subscribes to a topic or publishes a message. Copied text contains the credentials of the device.',
    program: 'Command or program',
    address: 'MQTT address',
    addressWrong: 'Enter an address such as mqtt://192.0.2.1:1883.',
    notHere: 'This server does not serve MQTT. Enter the address of one that does.',
    triple: 'Triple',
    qrCode: 'QR code',
    qrHint: 'The QR code holds ProductKey, DeviceName and DeviceSecret as JSON.',
    qrHidden: 'The QR code holds the DeviceSecret. Turn on “Show credentials” to display it.',
  },
  zh: {
    title: '以该设备的身份连接',
    show: '显示凭证',
    hint: '复制命令或程序并运行，即可订阅 Topic 或发布消息。复制的内容包含设备的凭证。',
    program: '命令或程序',
    address: 'MQTT 地址',
    addressWrong: '请输入地址，例如 mqtt://192.0.2.1:1883。',
    notHere: '当前服务器未启用 MQTT，请输入已启用 MQTT 的服务器地址。',
    triple: '三元组',
    qrCode: '二维码',
    qrHint: '二维码内容为 JSON 格式的 ProductKey、DeviceName 和 DeviceSecret。',
    qrHidden: '二维码包含 DeviceSecret，打开“显示凭证”后显示。',
  },
}
