import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import type { Shape } from '../../src/api/shape.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'

/** Parameters of the wire that make up a plain value of a shape; none where it may be left out. */
function plain(name: string, shape: Shape, value = 'aaaa'): Record<string, string> {
  switch (shape.kind) {
    case 'text':
      return { [name]: `${(value === 'aaaa' && shape.constraints?.values?.[0]) || value}` }
    case 'int':
      return { [name]: String(shape.constraints?.min ?? 1) }
    case 'bool':
      return { [name]: 'true' }
    case 'texts':
      return { [`${name}.1`]: value }
    case 'rows':
      return Object.fromEntries(Object.keys(shape.members).map((member) => [`${name}.1.${member}`, value]))
    default:
      return {}
  }
}

const isText = (shape: Shape) => ['text', 'texts', 'rows'].includes(shape.kind)

// PostgreSQL can't keep U+0000, and calls that are admitted together would fail with the one that has it.
test('a text with U+0000 is refused by its name, whichever parameter of whichever operation it is', async () => {
  const { ask, registry, close } = await openApiServer({ quota: false })
  for (const action of actions) {
    for (const [name, shape] of Object.entries(action.parameters)) {
      const of = shape.kind === 'optional' ? shape.of : shape
      if (!isText(of)) continue
      const others = Object.entries(action.parameters).filter(([other]) => other !== name)
      const request = signedV1({
        ...commonV1(action.name),
        Version: action.version,
        ...Object.assign({}, ...others.map(([other, shape]) => plain(other, shape))),
        ...plain(name, of, 'a\0b'),
      })
      const { Code } = JSON.parse((await ask(request)).body)
      assert.equal(Code, `Invalid${name}`, `${name} of ${action.name}`)
    }
  }
  const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), AccessKeyId: 'a\0b' }))
  assert.equal(JSON.parse(body).Code, 'InvalidAccessKeyId')
  assert.equal((await registry.accounts.all()).length, 1)
  await close()
})
