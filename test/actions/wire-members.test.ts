import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { describe } from '../../src/api/describe.ts'

/** The members of the cloud's answers by operation: what typed clients read (docs/wire-facts.md §5, §6). */
const onTheWire: Record<string, readonly string[]> = JSON.parse(
  readFileSync(new URL('wire-members.json', import.meta.url), 'utf8'),
)

/** Members that some answers leave out, each with the reason. */
const leftOut: readonly [member: RegExp, why: string][] = [
  [/^BatchCheck(Import|Vehicle)Device Data\./, 'a list that is all good has no report'],
  [/^Batch\w+ Data\.(Invalid|Repeated)\w+/, 'a list that is all good has no report'],
  [/^Batch\w+ Data\.ApplyId$/, 'what imported nothing has no batch'],
  [/^QueryBatchRegisterDeviceStatus Data\.InvalidDetailList\..*NickName$/, 'a name without a nickname'],
  [/^(Create|Update)ProductTags InvalidProductTags\./, 'tags that are all good'],
  [/^QueryDevice NextToken$/, 'the last page has none, which ends a walk'],
  [/^QueryProduct Data\.ValidateType$/, 'a product that was created without one'],
  [/^QueryVehicleDevice Data\.JtProtocolDeviceData\./, 'a device of another protocol than JT/T 808'],
  [/^ResetThing JobId$/, 'only a gateway of more than 2,000 devices has a job'],
]

for (const action of actions.filter(({ name }) => name in onTheWire)) {
  test(`${action.name} answers every member that its clients read`, () => {
    const fields = describe(action).answer
    const optional = fields.filter(({ required }) => !required).map(({ name }) => name)
    const declared = fields.map(({ name }) => name)
    const missing = onTheWire[action.name]!.filter((member) => !declared.includes(member))
    assert.deepEqual(missing, [])
    const sometimes = onTheWire[action.name]!.filter((member) =>
      optional.some((one) => member === one || member.startsWith(`${one}.`)),
    )
    const unexplained = sometimes.filter(
      (member) => !leftOut.some(([pattern]) => pattern.test(`${action.name} ${member}`)),
    )
    assert.deepEqual(unexplained, [])
  })
}

test('every declared operation of the cloud is in the list, or returns no members of its own', () => {
  const bare = actions.filter(({ name, version }) => version === '2018-01-20' && !(name in onTheWire))
  for (const { name, answer } of bare) assert.deepEqual(Object.keys(answer), [], name)
})
