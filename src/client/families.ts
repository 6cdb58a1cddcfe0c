// Generated from the declarations by `npm run generate`.

/** The subjects of operations, in the order in which pages list them. */
export const families = [
  'imports',
  'registration',
  'devices',
  'tags',
  'products',
  'groups',
  'messages',
  'own',
] as const
export type Family = (typeof families)[number]
