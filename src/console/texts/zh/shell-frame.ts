import type { en } from '../en/shell-frame.ts'

export const zh: typeof en = {
  pages: {
    overview: '概览',
    products: '产品与设备',
    import: '批量导入',
    explorer: 'API 调试',
    batches: '批次记录',
    access: '访问控制',
  },
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',
  theme: '外观',
  menu: '菜单',
  goTo: '跳转到页面、产品或设备',
  help: '本页文档',
  signOut: '退出登录',
  search: '搜索',
  toContent: '跳到正文',
  loading: '加载中…',
  broken: '页面出错了',
  notLoaded: '页面无法加载',
  notLoadedWhy:
    '请确认服务器正在运行，且本机与它之间的网络可用。若服务器可用，控制台可能已更新，请重新加载。',
  again: '重试',
  reload: '重新加载控制台',
  nowhere: '页面不存在',
  home: '返回概览',
  account: (name, id) => `主账号 ${name}（${id}）`,
  ramUser: (user, account) => `主账号 ${account} 的 RAM 用户 ${user}`,
  limited: (count) => `可调用 ${count} 条权限所允许的操作：`,
  mayAll: '可调用全部操作',
}
