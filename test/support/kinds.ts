import type { Columns } from '../../src/lib/columns.ts'
import { kindOf } from '../../src/rules/kinds.ts'

/** The kinds of a value, as a scan notes them. */
export const kindsOf = (value: Uint8Array): number => value.reduce((kinds, byte) => kinds | kindOf[byte]!, 0)

/** The same list with the kinds of all values noted. */
export function withKinds<Member extends string>(list: Columns<Member>): Columns<Member> {
  const members = Object.entries<Columns['members'][string]>(list.members).map(([name, column]) => {
    const { bytes, start, length } = column
    const kinds = Uint8Array.from(start, (from, entry) =>
      kindsOf(bytes.subarray(from, from + Math.max(0, length[entry]!))),
    )
    return [name, { ...column, kinds }]
  })
  return { ...list, members: Object.fromEntries(members) }
}
