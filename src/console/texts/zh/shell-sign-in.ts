import type { en } from '../en/shell-sign-in.ts'

export const zh: typeof en = {
  title: '使用访问密钥登录',
  what: 'Rollcall 校验并批量导入物联网设备，设备通过 MQTT 接入，并在您自己的服务器上提供与阿里云物联网平台一致的 API。',
  about: '控制台以您的身份调用本服务器的 API，每个请求都在浏览器内签名，密钥不会离开浏览器。',
  where: '服务器首次启动时会打印访问密钥，并保存在数据目录中；RAM 用户使用各自的密钥。',
  keep: '刷新此标签页后保持登录',
  keepMeans:
    '密钥会以明文写入此标签页的会话存储（session storage），直到退出登录或关闭标签页。请勿在公用电脑上勾选。',
  memoryMeans: '密钥只保存在内存中：刷新后需要重新输入。',
  enter: '登录',
  plain:
    '此页面通过未加密的 HTTP 加载。同一网络中的其他人可以读取您签名的请求（包括设备密钥），也可能篡改此页面。请联系管理员启用 HTTPS。',
  needed: (field) => `请输入 ${field}`,
}
