import { type Column, type Columns, textAt } from '../lib/columns.ts'
import { type ListRules, nameRepeated, nameTaken } from './device-list.ts'

/** What is answered of a list with bad entries; the names of the lists are the wire's. */
export type DeviceReport<Listed extends string, Detail> = {
  readonly InvalidDetailList: readonly Detail[]
} & { readonly [L in Listed]: readonly string[] }

/**
 * The report of a judged list: a row for each bad entry, in list order, and the distinct values of each
 * kind, each at the place of the first entry that puts it there.
 * @returns undefined when every entry is good
 */
export function reportDeviceList<Member extends string, Listed extends string, Detail>(
  rules: ListRules<Member, Listed, Detail>,
  list: Columns<Member>,
  verdicts: Uint8Array,
): DeviceReport<Listed, Detail> | undefined {
  if (verdicts.every((verdict) => verdict === 0)) return undefined
  const members = Object.entries<Column>(list.members)
  const details: Detail[] = []
  const lists = new Map(rules.lists.map((name) => [name, new Set<string>()]))
  verdicts.forEach((verdict, entry) => {
    if (verdict === 0) return
    const values = Object.fromEntries(members.map(([member, column]) => [member, textAt(column, entry)])) as {
      readonly [M in Member]?: string | undefined
    }
    details.push(rules.detail(values, reasonsInWords(rules, verdict)))
    rules.checks.forEach(({ member, list }, i) => {
      if (list !== undefined && (verdict & (1 << i)) !== 0) lists.get(list)!.add(values[member] ?? '')
    })
    if ((verdict & (nameRepeated | nameTaken)) !== 0) {
      lists.get(rules.repeated.list)!.add(values[rules.repeated.member]!)
    }
  })
  const told = Object.fromEntries([...lists].map(([name, values]) => [name, [...values]]))
  return { InvalidDetailList: details, ...told } as DeviceReport<Listed, Detail>
}

/** All reasons of a verdict, joined as the documents join them (wire-facts §5). */
function reasonsInWords<Member extends string>(
  { checks, repeated }: ListRules<Member, string, unknown>,
  verdict: number,
): string {
  const reasons = checks.filter((_, i) => (verdict & (1 << i)) !== 0).map(({ reason }) => reason)
  if ((verdict & nameRepeated) !== 0) reasons.push(repeated.reason)
  if ((verdict & nameTaken) !== 0) reasons.push(repeated.takenReason)
  return reasons.join(' | ')
}
