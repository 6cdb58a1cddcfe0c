export const en = {
  about:
    'A RAM user acts on the account’s data, within its quotas, with access keys of its own, and may call only what is allowed.',
  create: 'Create RAM user',
  edit: 'Edit permissions',
  editOf: (user: string) => `Permissions of ${user}`,
  remove: 'Delete',
  nameless: 'Give it a name.',
  nameRule: '1 to 64 letters, digits or _ . - @',
  nameTaken: (name: string) => `There is a RAM user ${name} already.`,
  permissions: 'Permissions',
  keyCount: 'Access keys',
  none: 'No RAM users yet. Create one for each application, allowed no more than it needs.',
  removeOf: (user: string) => `Delete the RAM user ${user}?`,
  removeLoses: (keys: number) =>
    keys === 0
      ? 'It has no access keys.'
      : `Its ${keys === 1 ? 'access key is' : `${keys} access keys are`} deleted too: whoever calls with ${keys === 1 ? 'it' : 'them'} is refused from then on. This can’t be undone.`,
  created: (user: string) => `RAM user ${user} was created. It needs an access key:`,
  saved: (user: string) => `Permissions of ${user} were changed.`,
  createKey: 'Create access key',
  presets: {
    all: 'Everything',
    read: 'Read only',
    some: 'Chosen operations',
    none: 'Nothing',
  },
  presetMeans: {
    all: 'Every operation but those on RAM users, access keys and quotas; what later versions add too.',
    read: 'Operations that query, list or check.',
    some: 'Operations and patterns that you choose.',
    none: 'For a user that is to be taken out of use.',
  },
  patterns: 'Operations and patterns',
  patternsHint: 'Choose, or type a pattern such as iot:Query*',
  invalid: (pattern: string) =>
    `${pattern} is no permission: it must be iot: and an operation, such as iot:BatchCheckImportDevice or iot:Query*.`,
  matchesNothing: (pattern: string) =>
    `${pattern} matches no operation that a RAM user may call; mind the case.`,
  tooMany: 'At most 100 patterns.',
  noneChosen: 'Choose at least one operation.',
  allows: (count: string, of: string) => `Allows ${count} of ${of} operations`,
}
