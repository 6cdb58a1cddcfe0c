import { plural } from './plural.ts'

export const en = {
  about:
    'A RAM user works on the account’s data and within its quotas, has its own access keys, and may call only the operations that its permissions allow.',
  create: 'Create RAM user',
  edit: 'Edit permissions',
  editOf: (user: string) => `Permissions of ${user}`,
  remove: 'Delete',
  nameless: 'Enter a name.',
  nameRule: '1 to 64 letters, digits or _ . - @',
  nameTaken: (name: string) => `The RAM user ${name} already exists.`,
  permissions: 'Permissions',
  keyCount: 'Access keys',
  none: 'No RAM users yet. Create one for each application, with only the permissions that it needs.',
  removeOf: (user: string) => `Delete the RAM user ${user}?`,
  removeLoses: (keys: number) =>
    keys === 0
      ? 'It has no access keys.'
      : `Its ${plural(keys, 'access key is', `${keys} access keys are`)} deleted too, and the server rejects further calls with ${plural(keys, 'it', 'them')}. This can’t be undone.`,
  created: (user: string) => `RAM user ${user} was created. It needs an access key:`,
  saved: (user: string) => `Permissions of ${user} were changed.`,
  createKey: 'Create access key',
  presets: {
    all: 'Everything',
    read: 'Read only',
    some: 'Selected operations',
    none: 'None',
  },
  presetMeans: {
    all: 'All operations except those on RAM users, access keys and quotas, including operations of later versions.',
    read: 'Operations that query, list or check.',
    some: 'Operations and patterns that you choose.',
    none: 'For a user that should no longer call anything.',
  },
  patterns: 'Operations and patterns',
  patternsHint: 'Choose, or type a pattern such as iot:Query*',
  invalid: (pattern: string) =>
    `${pattern} is not a permission. Enter iot: and an operation, such as iot:BatchCheckImportDevice or iot:Query*.`,
  matchesNothing: (pattern: string) =>
    `${pattern} matches no operation that a RAM user may call. Patterns are case-sensitive.`,
  tooMany: 'At most 100 patterns.',
  noneChosen: 'Choose at least one operation.',
  allows: (count: string, of: string) => `Allows ${count} of ${of} operations`,
  secrets: (count: number, text: string) =>
    `${text} of these operations ${plural(count, 'returns', 'return')} secrets of devices or products:`,
}
