import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Modal } from 'antd'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { takesImports } from '../../rules/product-fields.ts'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { linkTo } from '../shell/paths.ts'
import { useRestoreFocus } from '../shell/restore-focus.ts'
import { texts as listTexts } from './list-texts.ts'
import { kindOf } from './product.ts'
import { DeleteProduct } from './product-actions.tsx'
import { EditProduct } from './product-form.tsx'
import type { ListedProduct } from './product-search.ts'
import { ProductTags } from './product-tags.tsx'
import { texts as productTexts } from './product-texts.ts'
import { texts } from './texts.ts'

/** The actions on a product of the list. */
export function ProductRowActions({
  instance,
  product,
}: {
  readonly instance: string
  readonly product: ListedProduct
}) {
  const words = { ...useTexts(texts), ...useTexts(productTexts), ...useTexts(listTexts) }
  const [, go] = useLocation()
  const missingPermissionFor = useMissingPermission()
  const [open, setOpen] = useState<'edit' | 'tags' | 'delete'>()
  const close = () => setOpen(undefined)
  const { productKey, name, authType } = product
  const item = (key: string, label: string, action: string, onClick: () => void, unless?: string) => {
    const reason = missingPermissionFor(action) ?? unless
    return {
      key,
      label,
      onClick,
      disabled: reason !== undefined,
      danger: key === 'delete',
      ...(reason !== undefined && { title: reason }),
    }
  }
  const takes = authType === undefined || takesImports(authType, kindOf(instance))
  const listed = {
    ProductKey: productKey,
    ProductName: name,
    Description: product.description,
    DeviceCount: product.deviceCount ?? 1,
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            item(
              'import',
              words.importInto,
              'BatchImportDevice',
              () => go(linkTo.importInto(instance, productKey)),
              takes ? undefined : words.takesNot,
            ),
            item('edit', words.edit, 'UpdateProduct', () => setOpen('edit')),
            item('tags', words.tags, 'ListProductTags', () => setOpen('tags')),
            item('delete', words.delete, 'DeleteProduct', () => setOpen('delete')),
          ],
        }}
      >
        <Button
          size="small"
          icon={<DownOutlined />}
          iconPlacement="end"
          aria-label={`${words.actions}: ${name}`}
        >
          {words.actions}
        </Button>
      </Dropdown>
      {open === 'edit' && <EditProduct instance={instance} product={listed} open close={close} />}
      {open === 'tags' && <TagsOf instance={instance} product={product} close={close} />}
      {open === 'delete' && <DeleteProduct instance={instance} product={listed} open close={close} />}
    </>
  )
}

function TagsOf({
  instance,
  product: { productKey, name },
  close,
}: {
  readonly instance: string
  readonly product: ListedProduct
  readonly close: () => void
}) {
  useRestoreFocus()
  const words = { ...useTexts(texts), ...useTexts(productTexts) }
  return (
    <Modal
      open
      title={`${words.tags}: ${name}`}
      onCancel={close}
      footer={<Button onClick={close}>{words.close}</Button>}
    >
      <ProductTags instance={instance} productKey={productKey} />
    </Modal>
  )
}
