import { ColumnRows, ColumnTexts } from '../lib/column-lists.ts'
import { type Column, type Columns, textAt } from '../lib/columns.ts'
import { entriesWith, type ListRules, nameRepeated, nameTaken } from './device-list.ts'

/** The answer for a list with bad entries; the names of the lists are the wire's. */
export type DeviceReport<Listed extends string, Told extends string> = {
  readonly InvalidDetailList: ColumnRows<Told | 'ErrorMsg'>
} & { readonly [L in Listed]: ColumnTexts }

/**
 * Reports on a validated list: a row for each bad entry in list order, and the distinct values of each kind,
 * ordered by first occurrence. Uses the list's own columns.
 * @returns undefined if every entry is good
 */
export function reportDeviceList<Member extends string, Listed extends string, Told extends string>(
  rules: ListRules<Member, Listed, Told>,
  list: Columns<Member>,
  verdicts: Uint8Array,
): DeviceReport<Listed, Told> | undefined {
  const bad = entriesWith(verdicts, 255, 'any', list.members[rules.repeated.member])
  if (bad.length === 0) return undefined
  const told = rules.detail.map(({ name, member, always }) => ({
    name,
    always,
    column: list.members[member],
  }))
  const reasons = {
    name: 'ErrorMsg' as const,
    always: true,
    column: reasonColumn(rules, verdicts),
  }
  const lists = rules.lists.map((name) => [name, valuesListed(rules, name, list, verdicts)] as const)
  return {
    InvalidDetailList: new ColumnRows<Told | 'ErrorMsg'>([...told, reasons], bad),
    ...Object.fromEntries(lists),
  } as DeviceReport<Listed, Told>
}

/** Returns the distinct values for one of the answer's lists. */
function valuesListed<Member extends string, Listed extends string>(
  { checks, name: nameMembers, repeated }: ListRules<Member, Listed>,
  name: Listed,
  { members }: Columns<Member>,
  verdicts: Uint8Array,
): ColumnTexts {
  if (repeated.list === name) {
    const column = members[repeated.member]
    const entries = entriesWith(verdicts, nameRepeated | nameTaken, 'any', column)
    // A registered name is marked only at its first occurrence, so it is already distinct if the value is the
    // name.
    const once = nameMembers.length === 1 && entriesWith(verdicts, nameRepeated, 'any', column).length === 0
    return new ColumnTexts(column, once ? entries : distinct(column, entries))
  }
  const place = checks.findIndex(({ list }) => list === name)
  if (place < 0) return new ColumnTexts(members[repeated.member], new Int32Array())
  const column = members[checks[place]!.member]
  return new ColumnTexts(column, distinct(column, entriesWith(verdicts, 1 << place, 'any', column)))
}

/** Returns the entries whose value no earlier entry has. */
function distinct(column: Column, entries: Int32Array): Int32Array {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    const before = seen.size
    return seen.add(textAt(column, entry) ?? '').size > before
  })
}

/** The messages of all entries as a column: a few texts, repeated. */
function reasonColumn<Member extends string>(rules: ListRules<Member, string>, verdicts: Uint8Array): Column {
  const start = new Int32Array(verdicts.length)
  const length = new Int32Array(verdicts.length)
  /** Position and length of the text for each verdict; -1 until it is written. */
  const places = new Int32Array(256).fill(-1)
  const lengths = new Int32Array(256)
  let bytes = ''
  for (let entry = 0; entry < verdicts.length; entry++) {
    const verdict = verdicts[entry]!
    if (places[verdict] === -1) {
      const text = describeReasons(rules, verdict)
      places[verdict] = bytes.length
      lengths[verdict] = text.length
      bytes += text
    }
    start[entry] = places[verdict]!
    length[entry] = lengths[verdict]!
  }
  return { bytes: Buffer.from(bytes, 'latin1'), start, length }
}

/** Joins all messages of a verdict as the documents do (wire-facts §5). All are ASCII. */
function describeReasons<Member extends string>(
  { checks, repeated }: ListRules<Member, string>,
  verdict: number,
): string {
  const reasons = checks.filter((_, i) => (verdict & (1 << i)) !== 0).map(({ reason }) => reason)
  if ((verdict & nameRepeated) !== 0) reasons.push(repeated.reason)
  if ((verdict & nameTaken) !== 0) reasons.push(repeated.takenReason)
  return reasons.join(' | ')
}
