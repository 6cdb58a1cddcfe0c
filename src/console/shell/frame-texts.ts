import type { Texts } from './language.tsx'
import type { PageName } from './pages.tsx'
import type { Theme } from './theme.tsx'

export const texts: Texts<{
  readonly pages: { readonly [P in PageName]: string }
  readonly themes: { readonly [T in Theme]: string }
  readonly language: string
  readonly theme: string
  readonly menu: string
  readonly signOut: string
  readonly search: string
  readonly toContent: string
  readonly loading: string
  readonly broken: string
  readonly notLoaded: string
  readonly notLoadedWhy: string
  readonly again: string
  readonly reload: string
  readonly nowhere: string
  readonly home: string
  /** Who is signed in. */
  readonly account: (name: string, id: string) => string
  readonly ramUser: (user: string, account: string) => string
  readonly limited: (count: number) => string
  readonly mayAll: string
}> = {
  en: {
    pages: {
      overview: 'Overview',
      products: 'Products and devices',
      import: 'Batch import',
      explorer: 'API explorer',
      batches: 'Batches',
      access: 'Access',
    },
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    theme: 'Colours',
    menu: 'Menu',
    signOut: 'Sign out',
    search: 'Search',
    toContent: 'Skip to the content',
    loading: 'Loading…',
    broken: 'This page has broken down',
    notLoaded: 'This page could not be loaded',
    notLoadedWhy:
      'Is the server running, and is this computer still connected to it? If it is, it may have a newer console: reload it.',
    again: 'Try again',
    reload: 'Reload the console',
    nowhere: 'There is no such page',
    home: 'To the overview',
    account: (name, id) => `Account ${name} (${id})`,
    ramUser: (user, account) => `RAM user ${user} of account ${account}`,
    limited: (count) =>
      `may call what ${count} permission${count === 1 ? '' : 's'} allow${count === 1 ? 's' : ''}:`,
    mayAll: 'may call every operation',
  },
  zh: {
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
  },
}
