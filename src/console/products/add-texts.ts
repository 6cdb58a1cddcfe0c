import type { Texts } from '../shell/language.tsx'

/** Of adding one device, of doing something with many, and of exporting. */
export const texts: Texts<{
  readonly add: string
  readonly addAnother: string
  readonly added: (name: string) => string
  readonly nameDrawn: string
  readonly drawn: string
  readonly own: string
  readonly drawnMeans: string
  readonly ownMeans: string
  readonly keepSecret: string
}> = {
  en: {
    add: 'Add device',
    addAnother: 'Add another',
    added: (name) => `${name} was added`,
    nameDrawn: 'A name is drawn where none is given.',
    drawn: 'Drawn by the server',
    own: 'The device’s own',
    drawnMeans: 'The server draws the DeviceSecret and tells it when the device was added.',
    ownMeans: 'The DeviceSecret is the one that the device has already: a standard MQTT client’s password.',
    keepSecret: 'The device needs this secret to connect. It can be looked up here at any time.',
  },
  zh: {
    add: '添加设备',
    addAnother: '继续添加',
    added: (name) => `设备 ${name} 已添加`,
    nameDrawn: '不填写则由系统生成设备名称。',
    drawn: '由服务器生成',
    own: '使用设备自带的密钥',
    drawnMeans: '服务器生成 DeviceSecret，添加成功后显示。',
    ownMeans: 'DeviceSecret 为设备已有的密钥，即标准 MQTT 客户端的密码。',
    keepSecret: '设备连接时需使用此密钥，之后也可随时在设备详情中查看。',
  },
}
