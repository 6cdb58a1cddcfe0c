import { bool, int, optional, struct, text } from '../../api/shape.ts'
import { Duplicate } from '../../registry/registry.ts'
import {
  authTypes,
  commodityCodes,
  descriptionMax,
  isProductName,
  type NetType,
  netTypes,
  nodeTypes,
  storedTextMax,
} from '../../rules/product-fields.ts'
import { action } from '../shared/declare.ts'
import { instanceOf, iotInstanceId, newProductName } from '../shared/product.ts'

/** A text that Rollcall stores without using it. */
const storedText = { maxLength: storedTextMax, failure: 'iot.common.InvalidFormattedParameter' } as const

/** Creates a product in an instance. */
export const createProduct = action({
  name: 'CreateProduct',
  family: 'products',
  effect: 'write',
  summary: {
    en: 'Creates a product. A product with AuthType one-party is an MQTT cloud gateway product, and devices can be imported into it.',
    zh: '创建产品。AuthType 为 one-party 的产品是 MQTT 云网关产品，可以导入设备。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductName: newProductName,
    NodeType: int(
      { values: nodeTypes, failure: 'iot.prod.InvalidNodeType' },
      { en: '0 for a device, 1 for a gateway.', zh: '0 为设备，1 为网关。' },
    ),
    DataFormat: optional(
      int(
        { min: 0, max: 1, default: 0 },
        { en: '0 for custom data, 1 for Alink JSON.', zh: '0 为透传/自定义，1 为 Alink JSON。' },
      ),
    ),
    Description: optional(
      text(
        { en: 'The description of the product.', zh: '产品描述。' },
        { maxLength: descriptionMax, default: '', failure: 'iot.prod.LongProductDesc' },
      ),
    ),
    AliyunCommodityCode: optional(
      text(
        { en: 'The edition of the product.', zh: '产品版本。' },
        {
          values: commodityCodes,
          default: commodityCodes[0],
          failure: 'iot.prod.InvalidAliyunCommodityCode',
        },
      ),
    ),
    Id2: optional(
      bool(
        { en: 'ID² authentication. Rollcall does not support it.', zh: 'ID² 认证，Rollcall 不支持。' },
        { default: false, unsupported: { true: 'iot.prod.NotOpenID2Service' } },
      ),
    ),
    ProtocolType: optional(
      text(
        {
          en: 'The protocol of the gateway’s devices, such as modbus; stored as it is. jt808, gb32960 and sl651 select the rules of BatchImportVehicleDevice.',
          zh: '网关下设备的接入协议，例如 modbus，原样保存。jt808、gb32960 和 sl651 决定 BatchImportVehicleDevice 的校验规则。',
        },
        storedText,
      ),
    ),
    NetType: optional(
      text(
        { en: 'The network of the device.', zh: '连网方式。' },
        {
          values: Object.keys(netTypes) as NetType[],
          default: 'OTHER',
          failure: 'iot.common.InvalidFormattedParameter',
        },
      ),
    ),
    JoinPermissionId: optional(
      text({
        en: 'A LoRaWAN join permission. Accepted and ignored.',
        zh: 'LoRaWAN 入网凭证；接受但不使用。',
      }),
    ),
    ResourceGroupId: optional(
      text({
        en: 'Accepted and ignored: an account has one resource group.',
        zh: '接受但不使用：一个账号只有一个资源组。',
      }),
    ),
    AuthType: optional(
      text(
        { en: 'How devices authenticate.', zh: '设备认证方式。' },
        {
          values: authTypes,
          default: authTypes[0],
          failure: 'iot.prod.InvalidProductAuthType',
          unsupported: { id2: 'iot.prod.NotOpenID2Service' },
        },
      ),
    ),
    CategoryKey: optional(
      text(
        { en: 'The category of a standard product; stored as it is.', zh: '标准品类；原样保存。' },
        storedText,
      ),
    ),
    PublishAuto: optional(
      bool({
        en: 'Accepted and ignored: there is no thing model to publish.',
        zh: '接受但不使用：没有可发布的物模型。',
      }),
    ),
    ValidateType: optional(
      int(
        { min: 1, max: 2 },
        { en: 'The level of data validation: 1 weak, 2 none.', zh: '数据校验级别：1 为弱校验，2 为免校验。' },
      ),
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
    const { ProductName, NodeType, Description, AliyunCommodityCode, AuthType, DataFormat } = chosen
    const instance = instanceOf(call)
    if (!isProductName(ProductName)) call.fail('iot.prod.InvalidFormattedProductName')

    try {
      const { product, productSecret } = await call.registry.products.create(instance, {
        name: ProductName,
        nodeType: NodeType,
        dataFormat: DataFormat,
        authType: AuthType,
        netType: chosen.NetType,
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
          Description,
          Id2: false,
          ProtocolType: chosen.ProtocolType ?? '',
          AliyunCommodityCode,
        },
      }
    } catch (error) {
      if (error instanceof Duplicate)
        return call.fail('iot.prod.AlreadyExistedProductName', `It is ${ProductName}.`)
      throw error
    }
  },
})
