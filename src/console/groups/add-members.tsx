import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useApiQuery } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { namesIn } from './group.ts'
import { texts } from './texts.ts'

/** Adds the devices of a product whose names the user pastes. */
export function AddMembers(props: {
  readonly instance: string
  readonly add: (devices: readonly (readonly [string, string])[]) => void
  readonly close: () => void
}) {
  useRestoreFocus()
  const { instance, add, close } = props
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  const { data, isPending } = useApiQuery('QueryProductList', {
    IotInstanceId: instance,
    CurrentPage: 1,
    PageSize: 200,
  })
  const products = data?.Data?.List?.ProductInfo ?? []
  const [chosen, setChosen] = useState<string>()
  const productKey = chosen ?? (products.length === 1 ? products[0]!.ProductKey : undefined)
  const [text, setText] = useState('')
  const names = namesIn(text)
  return (
    <Modal
      open
      title={words.addDevices}
      okText={names.length === 0 ? words.addDevices : words.add(names.length, count(names.length))}
      okButtonProps={{ disabled: productKey === undefined || names.length === 0 }}
      cancelText={words.cancel}
      onCancel={close}
      onOk={() => {
        add(names.map((name) => [productKey!, name] as const))
        close()
      }}
    >
      <Form layout="vertical">
        <Form.Item label={words.product} htmlFor="member-product">
          <Select
            id="member-product"
            showSearch={{ optionFilterProp: 'label' }}
            loading={isPending}
            value={productKey ?? null}
            placeholder={words.productFirst}
            onChange={setChosen}
            options={products.map(({ ProductKey, ProductName }) => ({
              value: ProductKey,
              label: `${ProductName} ${ProductKey}`,
            }))}
          />
        </Form.Item>
        <Form.Item label={words.names} htmlFor="member-names" extra={words.namesHint}>
          <Input.TextArea
            id="member-names"
            className="mono"
            rows={8}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
