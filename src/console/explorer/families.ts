import { type Family, families } from '../../client/families.ts'
import type { Operation } from '../../client/operations.ts'

/**
 * Returns operations whose name or summary contains every word of `search`, by family, without empty families.
 */
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
    .map((family) => ({ family, operations: found.filter((operation) => operation.family === family) }))
    .filter(({ operations }) => operations.length > 0)
}
