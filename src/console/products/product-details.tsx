import { Card, Flex, Typography } from 'antd'
import { takesImports } from '../../rules/product-fields.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { Secret } from '../shell/secret.tsx'
import { Time } from '../shell/time.tsx'
import { Details } from './details.tsx'
import { kindOf, netTypeOf, type Product } from './product.ts'
import { ProductTags } from './product-tags.tsx'
import { texts as productTexts } from './product-texts.ts'
import { texts } from './texts.ts'

/** The answer of QueryProduct, and the product's tags. */
export function ProductDetails({
  instance,
  product,
}: {
  readonly instance: string
  readonly product: Product
}) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const { AuthType, CategoryKey, NodeType, ProductKey, ProtocolType, ValidateType } = product
  const net = netTypeOf(product.NetType)
  const takes = takesImports(AuthType, kindOf(instance))
  return (
    <Flex vertical gap={16}>
      <Details
        title={words.details}
        items={[
          { label: words.name, children: product.ProductName },
          { label: 'ProductKey', children: <Copyable text={ProductKey} what="ProductKey" /> },
          {
            label: 'ProductSecret',
            children: (
              <>
                <Secret name="ProductSecret" value={product.ProductSecret} />
                <br />
                <Typography.Text type="secondary">{words.secretMeans}</Typography.Text>
              </>
            ),
          },
          {
            label: words.importsLabel,
            children: (
              <>
                {takes ? words.yes : words.no}
                <br />
                <Typography.Text type="secondary">{takes ? words.takes : words.takesNot}</Typography.Text>
              </>
            ),
          },
          {
            label: words.authLabel,
            children: (
              <>
                {words.auth[AuthType as keyof typeof words.auth] ?? AuthType}{' '}
                <Typography.Text type="secondary" className="mono">
                  {AuthType}
                </Typography.Text>
              </>
            ),
          },
          { label: words.nodeLabel, children: words.node(NodeType) },
          { label: words.netLabel, children: net === undefined ? product.NetType : words.net[net] },
          { label: words.formatLabel, children: words.format(product.DataFormat) },
          ...(ProtocolType
            ? [{ label: words.protocolLabel, children: <span className="mono">{ProtocolType}</span> }]
            : []),
          ...(CategoryKey
            ? [{ label: words.categoryLabel, children: <span className="mono">{CategoryKey}</span> }]
            : []),
          ...(ValidateType === undefined
            ? []
            : [{ label: words.validateLabel, children: words.validate(ValidateType) }]),
          {
            label: words.commodityLabel,
            children: <span className="mono">{product.AliyunCommodityCode}</span>,
          },
          { label: words.created, children: <Time at={product.GmtCreate} /> },
          { label: words.description, children: product.Description || words.none, span: 'filled' },
        ]}
      />
      <Card size="small" title={words.tags}>
        <ProductTags instance={instance} productKey={ProductKey} />
      </Card>
    </Flex>
  )
}
