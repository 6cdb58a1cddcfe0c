import type { Command } from 'commander'

/**
 * Every command by its name, in the order in which the help has them. Each is loaded when it is asked for: a
 * command that calls an endpoint starts in a fifth of the time that the whole server takes to load.
 */
const loaders: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand(),
  check: async () => (await import('./check/check.ts')).checkCommand(),
  import: async () => (await import('./import/import.ts')).importCommand(),
  devices: async () => (await import('./query/devices.ts')).devicesCommand(),
  products: async () => (await import('./query/products.ts')).productsCommand(),
  messages: async () => (await import('./messages/messages.ts')).messagesCommand(),
  call: async () => (await import('./call/call.ts')).callCommand(),
  account: async () => (await import('./store/account.ts')).accountCommand(),
  'ram-user': async () => (await import('./store/ram-user.ts')).ramUserCommand(),
  'access-key': async () => (await import('./store/access-key.ts')).accessKeyCommand(),
  instance: async () => (await import('./store/instance.ts')).instanceCommand(),
  product: async () => (await import('./store/product.ts')).productCommand(),
  batch: async () => (await import('./store/batch.ts')).batchCommand(),
  quota: async () => (await import('./store/quota.ts')).quotaCommand(),
  'master-key': async () => (await import('./store/master-key.ts')).masterKeyCommand(),
  migrate: async () => (await import('./data/migrate.ts')).migrateCommand(),
  backup: async () => (await import('./data/backup.ts')).backupCommand(),
  restore: async () => (await import('./data/backup.ts')).restoreCommand(),
  copy: async () => (await import('./data/copy.ts')).copyCommand(),
  digest: async () => (await import('./data/backup.ts')).digestCommand(),
  export: async () => (await import('./data/export.ts')).exportCommand(),
  completion: async () => (await import('./completion.ts')).completionCommand(() => commands(undefined)),
}

/** The command of a name, or all of them where it is none: for the help, and to tell what was mistyped. */
export function commands(name: string | undefined): Promise<Command[]> {
  const chosen =
    name !== undefined && Object.hasOwn(loaders, name) ? [loaders[name]!] : Object.values(loaders)
  return Promise.all(chosen.map((load) => load()))
}
