import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, now, ordinaryProduct, product } from '../../support/wire-server.ts'

const create = (fields: Fields) =>
  v1({ Action: 'CreateProduct', ProductName: 'lamps', NodeType: '0', ...fields })
const listed = (fields: Fields) =>
  v1({ Action: 'QueryProductList', CurrentPage: '1', PageSize: '10', ...fields })

const productKey = /^a1[0-9A-Za-z]{9}$/
const productSecret = /^[0-9A-Za-z]{16}$/

/** A product with all that it may have. */
const everything = {
  IotInstanceId: documentProduct.IotInstanceId,
  ProductName: '灯具-lamps(1)',
  NodeType: '1',
  DataFormat: '1',
  Description: 'for <b>lamps</b> & 灯',
  AliyunCommodityCode: 'iothub_senior',
  Id2: 'false',
  ProtocolType: 'modbus',
  NetType: 'WIFI',
  AuthType: 'one-party',
  CategoryKey: 'Lighting',
  ValidateType: '1',
}

/** CreateProduct. */
export const createProductCases: readonly WireCase[] = [
  {
    name: 'created',
    shows: 'A gateway product with all that it may have; what is drawn is letters and digits.',
    call: create(everything),
    status: 200,
    members: {
      ProductKey: productKey,
      Data: {
        ProductKey: productKey,
        ProductName: '灯具-lamps(1)',
        ProductSecret: productSecret,
        NodeType: 1,
        DataFormat: 1,
        AuthType: 'one-party',
        Description: 'for <b>lamps</b> & 灯',
        Id2: false,
        ProtocolType: 'modbus',
        AliyunCommodityCode: 'iothub_senior',
      },
    },
  },
  {
    name: 'created-plainly',
    shows: 'What was not sent has its default; that of a ProtocolType is empty.',
    call: v3('CreateProduct', { ProductName: 'lamps', NodeType: '0' }),
    status: 200,
    members: {
      ProductKey: productKey,
      Data: {
        ProductKey: productKey,
        ProductName: 'lamps',
        ProductSecret: productSecret,
        NodeType: 0,
        DataFormat: 0,
        AuthType: 'secret',
        Description: '',
        Id2: false,
        ProtocolType: '',
        AliyunCommodityCode: 'iothub_senior',
      },
    },
  },
  ...(
    [
      [
        'already-existed-product-name',
        { ProductName: 'cloud-gateway' },
        'The product name already exists. …',
      ],
      ['invalid-formatted-product-name', { ProductName: 'a b c' }, 'The product name format is invalid.'],
      ['long-product-desc', { Description: 'x'.repeat(101) }, 'The product description is too long. …'],
      ['invalid-node-type', { NodeType: '2' }, 'The node type is invalid. …'],
      [
        'invalid-aliyun-commodity-code',
        { AliyunCommodityCode: 'iot' },
        'The AliyunCommodityCode is invalid. …',
      ],
      ['not-open-id2-service', { AuthType: 'id2' }, 'The ID2 service is not available. …'],
      [
        'invalid-product-auth-type',
        { AuthType: 'third-party' },
        'The product authentication type is invalid. …',
      ],
    ] as const
  ).map(([name, fields, message]): WireCase => {
    const code = name.replace(/(?:^|-)(.)/g, (_, c: string) => c.toUpperCase()).replace('Id2', 'ID2')
    return {
      name,
      shows: 'What a product may not be has a code each.',
      call: create(fields),
      status: 200,
      code: `iot.prod.${code}`,
      message,
    }
  }),
  {
    name: 'invalid-formatted-parameter',
    shows: 'A NetType that there is not has no code of its own.',
    call: create({ NetType: 'PIGEON' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. NetType …',
  },
]

const bare = { CategoryKey: '', CategoryName: '', ProtocolType: '' }

/** QueryProduct. */
export const queryProductCases: readonly WireCase[] = [
  {
    name: 'gateway-product',
    shows: 'A product with all that is known of it; numbers are numbers, Owner and Id2 booleans.',
    call: v1({ Action: 'QueryProduct', ...product }),
    status: 200,
    members: {
      Data: {
        ...product,
        ProductName: 'cloud-gateway',
        ProductSecret: productSecret,
        ProductStatus: 'DEVELOPMENT_STATUS',
        AliyunCommodityCode: 'iothub_senior',
        AuthType: 'one-party',
        ...bare,
        DataFormat: 0,
        Description: '',
        DeviceCount: 2,
        GmtCreate: now,
        Id2: false,
        NetType: 8,
        NodeType: 0,
        Owner: true,
      },
    },
  },
  {
    name: 'with-everything',
    shows: 'What was sent when a product was created is told again, NetType as its number.',
    before: [create({ ...everything, SignatureNonce: 'before' })],
    callAfter: ([created]) =>
      v1({
        Action: 'QueryProduct',
        IotInstanceId: everything.IotInstanceId,
        ProductKey: JSON.parse(created!.body).ProductKey,
      }),
    status: 200,
    members: {
      Data: {
        ProductKey: productKey,
        ProductName: '灯具-lamps(1)',
        ProductSecret: productSecret,
        ProductStatus: 'DEVELOPMENT_STATUS',
        AliyunCommodityCode: 'iothub_senior',
        AuthType: 'one-party',
        CategoryKey: 'Lighting',
        CategoryName: 'Lighting',
        DataFormat: 1,
        Description: 'for <b>lamps</b> & 灯',
        DeviceCount: 0,
        GmtCreate: now,
        Id2: false,
        NetType: 3,
        NodeType: 1,
        Owner: true,
        ProtocolType: 'modbus',
        ValidateType: 1,
      },
    },
  },
  {
    name: 'published-and-renamed',
    shows: 'What ReleaseProduct and UpdateProduct changed is told.',
    before: [
      v1({ Action: 'ReleaseProduct', ...ordinaryProduct, SignatureNonce: 'before-1' }),
      v1({
        Action: 'UpdateProduct',
        ...ordinaryProduct,
        ProductName: 'lamps',
        Description: 'for lamps',
        SignatureNonce: 'before-2',
      }),
    ],
    call: v3('QueryProduct', ordinaryProduct),
    status: 200,
    members: {
      Data: {
        ...ordinaryProduct,
        ProductName: 'lamps',
        ProductSecret: productSecret,
        ProductStatus: 'RELEASE_STATUS',
        AliyunCommodityCode: 'iothub_senior',
        AuthType: 'secret',
        ...bare,
        DataFormat: 0,
        Description: 'for lamps',
        DeviceCount: 0,
        GmtCreate: now,
        Id2: false,
        NetType: 8,
        NodeType: 0,
        Owner: true,
      },
    },
  },
  {
    name: 'not-existed-product',
    shows: 'A product that does not exist.',
    call: v1({ Action: 'QueryProduct', ProductKey: 'a1Nobody' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
]

const shared = { DataFormat: 0, Description: '', GmtCreate: now, NodeType: 0 }
const products = [
  { ...ordinaryProduct, ProductName: '灯具(二)', AuthType: 'secret', DeviceCount: 0, ...shared },
  { ...product, ProductName: 'cloud-gateway', AuthType: 'one-party', DeviceCount: 2, ...shared },
]

/** QueryProductList. */
export const queryProductListCases: readonly WireCase[] = [
  {
    name: 'all',
    shows: 'The products of the public instance, newest first, under the inner name ProductInfo.',
    call: listed({}),
    status: 200,
    members: {
      Data: { CurrentPage: 1, PageSize: 10, PageCount: 1, Total: 2, List: { ProductInfo: products } },
    },
  },
  {
    name: 'second-page',
    shows: 'One product on a page, so two pages.',
    call: v3('QueryProductList', { CurrentPage: '2', PageSize: '1' }),
    status: 200,
    members: {
      Data: {
        CurrentPage: 2,
        PageSize: 1,
        PageCount: 2,
        Total: 2,
        List: { ProductInfo: products.slice(1) },
      },
    },
  },
  {
    name: 'none',
    shows: 'A list without products is an empty list.',
    call: listed({ AliyunCommodityCode: 'iothub' }),
    status: 200,
    members: { Data: { CurrentPage: 1, PageSize: 10, PageCount: 0, Total: 0, List: { ProductInfo: [] } } },
  },
  {
    name: 'invalid-page-params',
    shows: 'A page may have 200 products.',
    call: listed({ PageSize: '201' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. …',
  },
]
