import { int, list, struct, text } from '../../api/shape.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'

/** Lists the instances of the account. */
export const listInstances = action({
  name: 'ListInstances',
  family: 'own',
  effect: 'read',
  summary: { en: 'Lists the instances of the account.', zh: '查询账号下的实例。' },
  version: '2026-11-01',
  quota: { perSecond: 50 },

  parameters: {},

  answer: {
    Data: struct({
      Instance: list(
        struct({
          IotInstanceId: text('Empty for the public instance, which has none.'),
          InstanceName: text(),
          InstanceType: text('public or enterprise-standard.'),
          GmtCreate: milliseconds('When it was made'),
          ProductCount: int(),
          DeviceCount: int({}, 'The devices of all its products.'),
        }),
      ),
    }),
  },

  failures: {},

  async run(_, { registry, account }) {
    const instances = await registry.instances.counted(account)
    return {
      Data: {
        Instance: instances.map(({ instanceId = '', name, kind, createdAt, products, devices }) => ({
          IotInstanceId: instanceId,
          InstanceName: name,
          InstanceType: kind,
          GmtCreate: createdAt,
          ProductCount: products,
          DeviceCount: devices,
        })),
      },
    }
  },
})
