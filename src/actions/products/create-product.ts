import { bool, int, optional, struct, text } from '../../api/shape.ts'
import { Taken } from '../../registry/registry.ts'
import {
  type AuthType,
  authTypes,
  commodityCodes,
  descriptionMax,
  isProductName,
  keptTextMax,
  type NetType,
  netTypes,
  nodeTypes,
} from '../../rules/product-fields.ts'
import { action } from '../shared/declare.ts'
import { instanceOf, iotInstanceId, newProductName } from '../shared/product.ts'

/** Creates a product in an instance. */
export const createProduct = action({
  name: 'CreateProduct',
  family: 'products',
  effect: 'write',
  summary:
    'Creates a product. One with AuthType one-party is an MQTT cloud gateway product and takes imports.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductName: newProductName,
    NodeType: int({}, '0 for a device, 1 for a gateway.', { values: nodeTypes }),
    DataFormat: optional(
      int({ min: 0, max: 1 }, '0 for custom data, 1 for Alink JSON.', { values: [0, 1], default: 0 }),
    ),
    Description: optional(text(`Up to ${descriptionMax} characters.`)),
    AliyunCommodityCode: optional(
      text(`${commodityCodes.join(' or ')}.`, { values: commodityCodes, default: commodityCodes[0] }),
    ),
    Id2: optional(bool('ID2 authentication, which Rollcall does not offer.', { default: false })),
    ProtocolType: optional(
      text(
        'The protocol of a gateway’s devices, such as modbus; kept as it is. jt808, gb32960 and sl651 say what BatchImportVehicleDevice asks.',
      ),
    ),
    NetType: optional(
      text(`The network: ${Object.keys(netTypes).join(', ')}.`, {
        values: Object.keys(netTypes),
        default: 'OTHER',
      }),
    ),
    JoinPermissionId: optional(text('A LoRaWAN permission; taken and not used.')),
    ResourceGroupId: optional(text('Taken and not used: an account has one resource group.')),
    AuthType: optional(
      text(`How devices authenticate: ${authTypes.join(', ')}.`, {
        values: authTypes,
        default: authTypes[0],
      }),
    ),
    CategoryKey: optional(text('The category of a standard product; kept as it is.')),
    PublishAuto: optional(bool('Taken and not used: there is no thing model to publish.')),
    ValidateType: optional(
      int({ min: 1, max: 2 }, 'How data is checked: 1 weakly, 2 not at all.', { values: [1, 2] }),
    ),
  },

  answer: {
    ProductKey: text(),
    Data: struct({
      ProductKey: text(),
      ProductName: text(),
      ProductSecret: text(),
      NodeType: int(),
      DataFormat: int(),
      AuthType: text(),
      Description: text(),
      Id2: bool(),
      ProtocolType: text('Empty where none was sent.'),
      AliyunCommodityCode: text(),
    }),
  },

  failures: {
    'iot.prod.InvalidFormattedProductName': 200,
    'iot.prod.AlreadyExistedProductName': 200,
    'iot.prod.InvalidNodeType': 200,
    'iot.prod.LongProductDesc': 200,
    'iot.prod.InvalidAliyunCommodityCode': 200,
    'iot.prod.NotOpenID2Service': 200,
    'iot.prod.InvalidProductAuthType': 200,
    'iot.common.InvalidFormattedParameter': 200,
  },

  async run(chosen, call) {
    const { ProductName, NodeType, Description, Id2, NetType = 'OTHER' } = chosen
    const { AliyunCommodityCode = commodityCodes[0], AuthType = authTypes[0], DataFormat = 0 } = chosen
    const instance = await instanceOf(call, chosen.IotInstanceId)
    if (!isProductName(ProductName)) call.fail('iot.prod.InvalidFormattedProductName')
    if (!isOneOf(nodeTypes, NodeType))
      call.fail('iot.prod.InvalidNodeType', `It must be 0 or 1, not ${NodeType}.`)
    if ([...(Description ?? '')].length > descriptionMax) {
      call.fail('iot.prod.LongProductDesc', `It may have ${descriptionMax} characters.`)
    }
    if (!isOneOf(commodityCodes, AliyunCommodityCode)) {
      call.fail('iot.prod.InvalidAliyunCommodityCode', `It must be ${commodityCodes.join(' or ')}.`)
    }
    if (Id2 === true || AuthType === 'id2') call.fail('iot.prod.NotOpenID2Service')
    if (!isOneOf(authTypes, AuthType)) {
      call.fail('iot.prod.InvalidProductAuthType', `It must be one of ${authTypes.join(', ')}.`)
    }
    for (const name of ['ProtocolType', 'CategoryKey'] as const) {
      if ((chosen[name] ?? '').length > keptTextMax) {
        call.fail('iot.common.InvalidFormattedParameter', `${name} may have ${keptTextMax} characters.`)
      }
    }
    if (!Object.hasOwn(netTypes, NetType)) {
      call.fail(
        'iot.common.InvalidFormattedParameter',
        `NetType must be one of ${Object.keys(netTypes).join(', ')}.`,
      )
    }

    try {
      const { product, productSecret } = await call.registry.products.create(instance, {
        name: ProductName,
        nodeType: NodeType,
        dataFormat: DataFormat,
        authType: AuthType as AuthType,
        netType: NetType as NetType,
        commodityCode: AliyunCommodityCode,
        description: Description,
        protocolType: chosen.ProtocolType,
        categoryKey: chosen.CategoryKey,
        validateType: chosen.ValidateType,
      })
      return {
        ProductKey: product.productKey,
        Data: {
          ProductKey: product.productKey,
          ProductName,
          ProductSecret: productSecret,
          NodeType,
          DataFormat,
          AuthType,
          Description: Description ?? '',
          Id2: false,
          ProtocolType: chosen.ProtocolType ?? '',
          AliyunCommodityCode,
        },
      }
    } catch (error) {
      if (error instanceof Taken)
        return call.fail('iot.prod.AlreadyExistedProductName', `It is ${ProductName}.`)
      throw error
    }
  },
})

function isOneOf(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value)
}
