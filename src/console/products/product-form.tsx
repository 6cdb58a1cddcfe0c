import { Alert, App, AutoComplete, Flex, Form, Input, Modal, Radio, Select, Typography } from 'antd'
import { useLocation } from 'wouter'
import {
  type AuthType,
  authTypes,
  descriptionMax,
  type NetType,
  netTypes,
  nodeTypes,
  takesImports,
} from '../../rules/product-fields.ts'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { scrollToFirstError } from '../shell/first-fault.ts'
import { FirstInput } from '../shell/first-input.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useFieldRule } from './field-rule.ts'
import { productPath } from './paths.ts'
import { kindOf, listsOfProducts, type Product } from './product.ts'
import { texts as productTexts } from './product-texts.ts'
import { texts as ruleTexts } from './rule-texts.ts'
import { texts } from './texts.ts'

interface Fields {
  readonly ProductName: string
  readonly AuthType: AuthType
  readonly NodeType: number
  readonly NetType: NetType
  readonly DataFormat: number
  readonly ProtocolType?: string
  readonly Description?: string
}

interface FormProps {
  readonly open: boolean
  readonly close: () => void
}

/** The order of the options, starting with the one whose products accept imports in any instance. */
const offered: readonly AuthType[] = ['one-party', ...authTypes.filter((type) => type !== 'one-party')]
const protocols = ['modbus', 'opc-ua', 'customize', 'jt808', 'gb32960', 'sl651']

/** The form of CreateProduct; opens the new product. */
export function CreateProduct({ instance, open, close }: FormProps & { readonly instance: string }) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const rule = useFieldRule()
  const { message } = App.useApp()
  const [, go] = useLocation()
  const [form] = Form.useForm<Fields>()
  const authType = Form.useWatch('AuthType', form) ?? 'one-party'
  const create = useApiMutation('CreateProduct', listsOfProducts)
  const takes = takesImports(authType, kindOf(instance))

  const submit = (fields: Fields) =>
    create.mutate(
      { IotInstanceId: instance, ...fields },
      {
        // Not called if the user has closed the dialog meanwhile.
        onSuccess: ({ ProductKey }) => {
          message.success(words.wasCreated(fields.ProductName))
          go(productPath(instance, ProductKey))
        },
      },
    )

  return (
    <Modal
      open={open}
      onCancel={close}
      title={words.create}
      okText={words.create}
      okButtonProps={{ htmlType: 'submit', form: 'create-product' }}
      confirmLoading={create.isPending}
      destroyOnHidden
      afterClose={create.reset}
      width={600}
    >
      <Form<Fields>
        id="create-product"
        form={form}
        preserve={false}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError={scrollToFirstError}
        onFinish={submit}
        initialValues={{ AuthType: offered[0], NodeType: 0, NetType: 'OTHER', DataFormat: 0 }}
      >
        <NameItem />
        <Form.Item name="AuthType" label={words.authLabel} required style={{ marginBottom: 8 }}>
          <Radio.Group>
            <Flex vertical gap={8}>
              {offered.map((type) => (
                <Radio key={type} value={type}>
                  {words.auth[type]} <Typography.Text className="mono">{type}</Typography.Text>
                  <br />
                  <Typography.Text type="secondary">{words.authMeans[type]}</Typography.Text>
                </Radio>
              ))}
            </Flex>
          </Radio.Group>
        </Form.Item>
        <Alert
          type={takes ? 'success' : 'warning'}
          showIcon
          title={takes ? words.takes : words.takesNot}
          style={{ marginBottom: 16 }}
        />
        <Form.Item name="NodeType" label={words.nodeLabel} required extra={words.nodeMeans}>
          <Radio.Group options={nodeTypes.map((value) => ({ value, label: words.node(value) }))} />
        </Form.Item>
        <Form.Item name="NetType" label={words.netLabel} required>
          <Select
            options={(Object.keys(netTypes) as NetType[]).map((value) => ({
              value,
              label: words.net[value],
            }))}
          />
        </Form.Item>
        <Form.Item name="DataFormat" label={words.formatLabel} required extra={words.formatMeans}>
          <Radio.Group options={[0, 1].map((value) => ({ value, label: words.format(value) }))} />
        </Form.Item>
        <Form.Item
          name="ProtocolType"
          label={words.protocolLabel}
          extra={words.protocolMeans}
          rules={[rule('ProtocolType')]}
        >
          <AutoComplete options={protocols.map((value) => ({ value }))} className="mono" />
        </Form.Item>
        <DescriptionItem />
        {create.error && <Problem error={create.error} />}
      </Form>
    </Modal>
  )
}

/** Edits the mutable fields of a product. */
export function EditProduct({
  instance,
  product,
  open,
  close,
}: FormProps & {
  readonly instance: string
  readonly product: Pick<Product, 'ProductKey' | 'ProductName' | 'Description'>
}) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const { message } = App.useApp()
  const [form] = Form.useForm<Pick<Fields, 'ProductName' | 'Description'>>()
  const update = useApiMutation('UpdateProduct', [...listsOfProducts, 'QueryProduct'])
  const { ProductKey, ProductName, Description } = product
  const ofProduct = { IotInstanceId: instance, ProductKey }
  const query = useApiQuery('QueryProduct', ofProduct)

  const error = update.error ?? query.error

  async function submit() {
    // Fields that the user did not edit may have been changed elsewhere; the name must be sent in any case.
    const touched = form.getFieldsValue(true, (field) => field?.touched === true)
    const name = touched.ProductName ?? (await query.refetch({ throwOnError: true })).data?.Data.ProductName
    await update.mutateAsync({ ...ofProduct, ...touched, ProductName: name })
    message.success(words.saved)
    close()
  }

  return (
    <Modal
      open={open}
      onCancel={close}
      title={words.editTitle}
      okText={words.save}
      okButtonProps={{ htmlType: 'submit', form: 'edit-product' }}
      confirmLoading={update.isPending || query.isRefetching}
      destroyOnHidden
      afterClose={update.reset}
    >
      <Form
        id="edit-product"
        form={form}
        preserve={false}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError={scrollToFirstError}
        onFinish={() => void submit().catch(() => {})}
        initialValues={{ ProductName, Description }}
      >
        <NameItem />
        {/* An empty parameter counts as absent, and an absent one keeps the description. */}
        <DescriptionItem mayBeEmpty={Description === ''} />
        {error && <Problem error={error} />}
      </Form>
    </Modal>
  )
}

function NameItem() {
  const words = { ...useTexts(texts), ...useTexts(ruleTexts) }
  const rule = useFieldRule()
  return (
    <Form.Item
      name="ProductName"
      label={words.name}
      extra={words.rules.ProductName}
      rules={[{ required: true, message: words.required(words.name) }, rule('ProductName')]}
    >
      <FirstInput autoComplete="off" />
    </Form.Item>
  )
}

function DescriptionItem({ mayBeEmpty = true }: { readonly mayBeEmpty?: boolean }) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const rule = useFieldRule()
  return (
    <Form.Item
      name="Description"
      label={words.description}
      rules={[rule('Description'), ...(mayBeEmpty ? [] : [{ required: true, message: words.stays }])]}
    >
      <Input.TextArea rows={3} count={{ show: true, max: descriptionMax }} />
    </Form.Item>
  )
}
