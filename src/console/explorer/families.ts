import type { Operation } from '../../client/operations.ts'

/** What operations are about, in the order in which they are listed. */
export const families = ['imports', 'registration', 'devices', 'tags', 'products', 'groups', 'own'] as const
export type Family = (typeof families)[number]

/** By the beginnings and parts of names, the first that fits. */
const patterns: readonly (readonly [Family, RegExp])[] = [
  ['imports', /Import|Vehicle/],
  ['groups', /Group/],
  ['registration', /Register|CheckDeviceNames|QueryPageByApplyId/],
  ['products', /Product/],
  ['tags', /Prop$|ByTags$/],
]

/** The Version of operations that only Rollcall has. */
const ownVersion = '2026-11-01'

export function familyOf({ name, version }: Pick<Operation, 'name' | 'version'>): Family {
  if (version === ownVersion || name === 'UndoDeviceBatch') return 'own'
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'devices'
}

/** Operations whose name or summary has every word of `search`, by family. */
export function listed(
  operations: readonly Operation[],
  search: string,
): readonly { readonly family: Family; readonly operations: readonly Operation[] }[] {
  const words = search.toLowerCase().split(/\s+/)
  const found = operations.filter(({ name, summary }) => {
    const text = `${name} ${summary}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return families
    .map((family) => ({ family, operations: found.filter((operation) => familyOf(operation) === family) }))
    .filter(({ operations }) => operations.length > 0)
}

/** What takes something away that is not easily brought back. */
export const isDestructive = (action: string) => /^(Delete|Undo|BatchDelete|Reset)/.test(action)
