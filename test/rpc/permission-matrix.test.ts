import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

/**
 * Every operation, called by a RAM user with each kind of permission. What is called has no parameters: whether it
 * may be called is judged before they are.
 */
const server = await openApiServer({ quota: false })
after(() => server.close())

const { accounts, accessKeys } = server.registry
const [account] = await accounts.all()
const user = await accounts.createRamUser(account!.id, 'user', [])
const userKey = await accessKeys.create(account!.id, user.id)
const accountKey = { id: credentials.accessKeyId, secret: credentials.accessKeySecret }

async function isDenied(name: string, version: string, { id, secret }: { id: string; secret: string }) {
  const common = { ...commonV1(name), Version: version, AccessKeyId: id }
  const answer = JSON.parse((await server.ask(signedV1(common, { secret }))).body)
  assert.ok(answer.Code === undefined || !/^(InvalidAction|InvalidVersion|Signature)/.test(answer.Code), name)
  return answer.Code === 'iot.common.RamActionPermissionDeny'
}

/** Patterns that name an operation, and patterns that name others only. */
const naming = (name: string): (readonly string[] | undefined)[] => [
  [`iot:${name}`],
  [`iot:${name.slice(0, 3)}*`],
  [`iot:*${name.slice(-3)}`],
  ['iot:Nothing', `iot:${name[0]}*${name.at(-1)}`],
  ['iot:*'],
  ['*'],
  undefined,
]
const others = (name: string): (readonly string[])[] => [
  [],
  [`iot:${name}s`],
  [`iot:${name.slice(0, -1)}`],
  [`iot:${name.toLowerCase()}`],
  actions.filter((action) => action.name !== name).map((action) => `iot:${action.name}`),
]

for (const { name, version, callers } of actions) {
  test(`${name} is for ${callers ?? 'those whose patterns name it'}`, async () => {
    assert.equal(await isDenied(name, version, accountKey), false, 'the account itself')
    for (const [sets, permitted] of [
      [naming(name), callers !== 'account'],
      [others(name), callers === 'everyone'],
    ] as const) {
      for (const allowed of sets) {
        await accounts.setAllowed(user.id, allowed)
        assert.equal(await isDenied(name, version, userKey), !permitted, `${allowed}`)
        // The same operation under its other version.
        if (version === '2018-01-20') {
          assert.equal(await isDenied(name, '2022-01-01', userKey), !permitted, `2022-01-01 ${allowed}`)
        }
      }
    }
  })
}

test('what a RAM user could raise itself by, or its account’s limits, is the account’s alone', () => {
  const ofAccount = actions.filter(({ callers }) => callers === 'account').map(({ name }) => name)
  const raising = actions
    .map(({ name }) => name)
    .filter((name) => /(User|UserPermissions|Users|AccessKeys?)$|^SetQuota$/.test(name))
  assert.deepEqual(ofAccount, raising)
})
