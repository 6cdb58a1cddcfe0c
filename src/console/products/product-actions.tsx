import { App, Flex, Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ActionButton } from '../shell/action-button.tsx'
import { useApiMutation } from '../shell/api-query.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { Problem, useShowProblem } from '../shell/problem.tsx'
import { instancePath } from './paths.ts'
import { listsOfProducts, type Product } from './product.ts'
import { EditProduct } from './product-form.tsx'
import { texts as productTexts } from './product-texts.ts'
import { texts } from './texts.ts'

interface OnProduct {
  readonly instance: string
  readonly product: Product
}

/** Actions on a product as a whole. */
export function ProductActions({ instance, product }: OnProduct) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const { message, modal } = App.useApp()
  const tell = useShowProblem()
  const [open, setOpen] = useState<'edit' | 'delete'>()
  const isReleased = product.ProductStatus === 'RELEASE_STATUS'
  const action = isReleased ? 'CancelReleaseProduct' : 'ReleaseProduct'
  const setReleased = useApiMutation(action, ['QueryProduct', ...listsOfProducts])
  const ask = () =>
    modal.confirm({
      title: `${isReleased ? words.unrelease : words.release}: ${product.ProductName}`,
      content: isReleased ? words.unreleaseMeans : words.releaseMeans,
      okText: isReleased ? words.unrelease : words.release,
      cancelText: words.cancel,
      onOk: async () => {
        try {
          await setReleased.mutateAsync({ IotInstanceId: instance, ProductKey: product.ProductKey })
          message.success(isReleased ? words.unreleasedNow : words.releasedNow)
        } catch (error) {
          tell(error)
        }
      },
    })
  return (
    <Flex wrap gap={8}>
      <ActionButton actions={['UpdateProduct']} onClick={() => setOpen('edit')}>
        {words.edit}
      </ActionButton>
      <ActionButton actions={[action]} onClick={ask}>
        {isReleased ? words.unrelease : words.release}
      </ActionButton>
      <ActionButton
        danger
        actions={['DeleteProduct']}
        unless={isReleased ? words.unreleaseFirst : undefined}
        onClick={() => setOpen('delete')}
      >
        {words.delete}
      </ActionButton>
      <EditProduct
        instance={instance}
        product={product}
        open={open === 'edit'}
        close={() => setOpen(undefined)}
      />
      <DeleteProduct
        instance={instance}
        product={product}
        open={open === 'delete'}
        close={() => setOpen(undefined)}
      />
    </Flex>
  )
}

/** Deletes a product; if it has devices, the user must type its key. */
export function DeleteProduct({
  instance,
  product,
  open,
  close,
}: {
  readonly instance: string
  readonly product: Pick<Product, 'ProductKey' | 'ProductName' | 'DeviceCount'>
  readonly open: boolean
  readonly close: () => void
}) {
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  const { count: number } = useNumberFormat()
  const { message } = App.useApp()
  const [, go] = useLocation()
  const [typed, setTyped] = useState('')
  const { ProductKey, ProductName, DeviceCount } = product
  // Queries on the product are not repeated, because it no longer exists.
  const remove = useApiMutation('DeleteProduct', listsOfProducts)

  const submit = () =>
    remove.mutate(
      { IotInstanceId: instance, ProductKey },
      {
        // Not called if the user has left the page meanwhile.
        onSuccess: () => {
          message.success(words.deleted(ProductName))
          go(instancePath(instance))
        },
      },
    )

  return (
    <Modal
      open={open}
      onCancel={close}
      title={words.deleteTitle(ProductName)}
      okText={words.delete}
      cancelText={words.cancel}
      okButtonProps={{ danger: true, disabled: DeviceCount > 0 && typed !== ProductKey }}
      confirmLoading={remove.isPending}
      onOk={submit}
      afterClose={() => {
        setTyped('')
        remove.reset()
      }}
    >
      <Typography.Paragraph>
        {DeviceCount > 0 ? words.deleteMeans(number(DeviceCount)) : words.deleteEmpty}
      </Typography.Paragraph>
      {DeviceCount > 0 && (
        <Form layout="vertical">
          <Form.Item label={words.typeKey(ProductKey)} htmlFor="typed-product-key">
            <Input
              id="typed-product-key"
              className="mono"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              autoComplete="off"
            />
          </Form.Item>
        </Form>
      )}
      {remove.error && <Problem error={remove.error} />}
    </Modal>
  )
}
