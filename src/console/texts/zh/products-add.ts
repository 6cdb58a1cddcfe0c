import type { en } from '../en/products-add.ts'

export const zh: typeof en = {
  add: '添加设备',
  addAnother: '继续添加',
  added: (name) => `设备 ${name} 已添加`,
  nameDrawn: '不填写则由系统生成设备名称。',
  drawn: '由服务器生成',
  own: '自行填写',
  drawnMeans: '服务器生成 DeviceSecret，添加成功后显示。',
  ownMeans: '请填写设备已有的 DeviceSecret，即标准 MQTT 客户端的密码。',
  keepSecret: '设备连接时需使用此密钥，之后也可随时在设备详情中查看。',
}
