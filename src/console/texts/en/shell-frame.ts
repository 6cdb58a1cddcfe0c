import { plural } from './plural.ts'
export const en = {
  pages: {
    overview: 'Overview',
    products: 'Products and devices',
    import: 'Batch import',
    explorer: 'API explorer',
    batches: 'Batches',
    access: 'Access',
  },
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  theme: 'Colours',
  menu: 'Menu',
  goTo: 'Go to a page, product or device',
  help: 'Documentation of this page',
  signOut: 'Sign out',
  search: 'Search',
  toContent: 'Skip to content',
  loading: 'Loading…',
  broken: 'This page failed',
  notLoaded: 'This page could not be loaded',
  notLoadedWhy:
    'Check that the server is running and that this computer can reach it. If it can, the server may have a newer console: reload it.',
  again: 'Try again',
  reload: 'Reload the console',
  nowhere: 'Page not found',
  home: 'Go to the overview',
  account: (name: string, id: string) => `Account ${name} (${id})`,
  ramUser: (user: string, account: string) => `RAM user ${user} of account ${account}`,
  limited: (count: number) =>
    `may call the operations that ${count} ${plural(count, 'permission allows', 'permissions allow')}:`,
  mayAll: 'may call every operation',
}
