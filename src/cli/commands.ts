import type { Command } from 'commander'

/**
 * All commands by name, in the order of the help. Each is loaded on demand: a command that calls an endpoint
 * starts in a fifth of the time that loading the whole server takes.
 */
const loaders: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand(),
  check: async () => (await import('./check/check.ts')).checkCommand(),
  import: async () => (await import('./import/import.ts')).importCommand(),
  jobs: async () => (await import('./jobs/jobs.ts')).jobsCommand(),
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

/** Returns the command of a name, or all commands for the help and for suggestions if there is none. */
export function commands(name: string | undefined): Promise<Command[]> {
  const chosen =
    name !== undefined && Object.hasOwn(loaders, name) ? [loaders[name]!] : Object.values(loaders)
  return Promise.all(chosen.map((load) => load()))
}
