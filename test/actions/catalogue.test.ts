import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { describe } from '../../src/api/describe.ts'
import type { Constraints, Shape } from '../../src/api/shape.ts'
import { openApiServer, signedV3 } from '../support/api-server.ts'

const fields = actions
  .map(describe)
  .flatMap(({ name: action, version, parameters }) => parameters.map((field) => ({ action, version, field })))

test('the catalogue’s facts about a parameter are consistent', () => {
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

/** A parameter's own shape, and what it declares of its values. */
const constraintsOf = (shape: Shape): Constraints => {
  const of = shape.kind === 'optional' ? shape.of : shape
  return 'constraints' in of ? (of.constraints ?? {}) : {}
}

/** Values just inside what a parameter declares, and values just outside, each with the code that it gets. */
function trials(name: string, constraints: Constraints) {
  const { values, min, max, maxLength, failure, aboveMax, unsupported = {} } = constraints
  const refused = failure ?? `Invalid${name}`
  const right: string[] = (values ?? []).map(String)
  const wrong: (readonly [value: string, code: string])[] = Object.entries(unsupported)
  if (min !== undefined) {
    right.push(`${min}`)
    wrong.push([`${min - 1}`, refused])
  }
  if (max !== undefined) {
    right.push(`${max}`)
    wrong.push([`${max + Math.max(1, max / 2 ** 52)}`, aboveMax ?? refused])
  }
  if (maxLength !== undefined) {
    right.push('灯'.repeat(maxLength))
    wrong.push(['灯'.repeat(maxLength + 1), refused])
  }
  if (values !== undefined) wrong.push([typeof values[0] === 'number' ? '77' : 'no-such-value', refused])
  return { right, wrong }
}

test('a value that a parameter does not take gets the declared failure, and one that it takes does not', async () => {
  const { ask, close } = await openApiServer({ quota: false })
  let tried = 0
  for (const action of actions) {
    const { name, version, parameters, failures } = action
    const needed = Object.fromEntries(
      describe(action)
        .parameters.filter(({ required }) => required)
        .map(({ name, type, values, min }) => [
          name.replace('.N', '.1'),
          values?.[0] ?? (type === 'Integer' ? String(min ?? 1) : 'x'),
        ]),
    )
    const codeOf = async (given: Record<string, string>) => {
      const call = signedV3(name, { ...needed, ...given }, { headers: { 'x-acs-version': version } })
      return JSON.parse((await ask(call)).body).Code
    }
    for (const [parameter, shape] of Object.entries(parameters)) {
      const path = shape.kind === 'texts' ? `${parameter}.1` : parameter
      const constraints = constraintsOf(shape)
      const { right, wrong } = trials(path, constraints)
      const gateway = `Invalid${path}`
      for (const value of right) assert.notEqual(await codeOf({ [path]: value }), gateway, `${name} ${path}`)
      for (const [value, code] of wrong) {
        tried++
        assert.equal(await codeOf({ [path]: value }), code, `${name} ${path} ${value}`)
        assert.ok(code === gateway || code in failures, `${name} does not declare ${code}`)
      }
    }
  }
  assert.ok(tried > 60, `${tried}`)
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
