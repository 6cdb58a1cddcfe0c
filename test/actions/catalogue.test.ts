import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { describe } from '../../src/api/describe.ts'
import { openApiServer, signedV3 } from '../support/api-server.ts'

const fields = actions
  .map(describe)
  .flatMap(({ name: action, version, parameters }) => parameters.map((field) => ({ action, version, field })))

test('what the catalogue tells of a parameter agrees with itself', () => {
  assert.ok(fields.some(({ field }) => field.values !== undefined && field.default !== undefined))
  for (const { action, field } of fields) {
    const { name, type, values, min, max, required, maxEntries } = field
    const of = `${action} ${name}`
    for (const value of values ?? []) assert.ok(type !== 'Integer' || /^\d+$/.test(value), of)
    if (field.default !== undefined) {
      assert.ok(!required, of)
      assert.ok(values === undefined || values.includes(field.default), of)
      if (type === 'Boolean') assert.match(field.default, /^(true|false)$/, of)
      if (type === 'Integer') {
        const number = Number(field.default)
        assert.ok(number >= (min ?? number) && number <= (max ?? number), of)
      }
    }
    assert.equal(maxEntries !== undefined, name.includes('.N'), of)
  }
})

test('beyond the limits that the gateway judges a number is refused by its name, and at them it is not', async () => {
  const { ask, close } = await openApiServer({ quota: false })
  const codeOf = async (action: string, version: string, parameters: Record<string, string>) =>
    JSON.parse((await ask(signedV3(action, parameters, { headers: { 'x-acs-version': version } }))).body).Code
  for (const { name: action, version, parameters } of actions) {
    const needed = Object.fromEntries(
      describe(actions.find(({ name }) => name === action)!)
        .parameters.filter(({ required }) => required)
        .map(({ name, type, values, min }) => [
          name.replace('.N', '.1'),
          values?.[0] ?? (type === 'Integer' ? String(min ?? 1) : 'x'),
        ]),
    )
    for (const [name, shape] of Object.entries(parameters)) {
      const { min, max } = {
        min: undefined,
        max: undefined,
        ...(shape.kind === 'optional' ? shape.of : shape),
      }
      const refused = `Invalid${name}`
      for (const [limit, beyond] of [
        [min, (limit: number) => limit - 1],
        [max, (limit: number) => limit + Math.max(1, limit / 2 ** 52)],
      ] as const) {
        if (
          typeof limit !== 'number' ||
          shape.kind === 'columns' ||
          shape.kind === 'rows' ||
          shape.kind === 'texts'
        )
          continue
        const at = await codeOf(action, version, { ...needed, [name]: String(limit) })
        assert.notEqual(at, refused, `${action} ${name} at ${limit}`)
        const after = await codeOf(action, version, { ...needed, [name]: String(beyond(limit)) })
        assert.equal(after, refused, `${action} ${name} beyond ${limit}`)
      }
    }
  }
  await close()
})

test('an operation that clients may repeat changes nothing', () => {
  const reading = /^(Query|Get|List|BatchQuery|BatchGet|BatchCheck(Import|Vehicle)Device$)/
  for (const { name, effect } of actions) assert.equal(effect === 'read', reading.test(name), name)
})

test('an operation that takes something away is marked as one that destroys', () => {
  for (const { name, effect } of actions)
    assert.equal(effect === 'destroy', /^(Delete|Undo|BatchDelete|Reset)/.test(name), name)
})
