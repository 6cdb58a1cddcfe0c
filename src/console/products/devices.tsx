import { DownloadOutlined, PlusOutlined, ReloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Empty, Flex, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { takesImports } from '../../rules/product-fields.ts'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { Time } from '../shell/time.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { AddDevice } from './add-device.tsx'
import { texts as devicesTexts } from './devices-texts.ts'
import { ExportDevices } from './export-devices.tsx'
import { useDevices } from './find-devices.ts'
import { type Doing, ManyDevices } from './many-devices.tsx'
import { Pager } from './pager.tsx'
import { devicePath, productPath } from './paths.ts'
import { PermissionNotice } from './permission-notice.tsx'
import { kindOf, type Product } from './product.ts'
import { actionOf, type Found, isOfInstance, type OfProduct } from './search.ts'
import { SearchBar } from './search-bar.tsx'
import { Status } from './status.tsx'
import { texts } from './texts.ts'

const idOf = ({ productKey, name }: Found) => `${productKey}/${name}`

/** The devices of a product: search, open, add, and bulk changes. */
export function Devices({
  instance,
  productKey,
  product,
}: OfProduct & { readonly product: Product | undefined }) {
  const words = { ...useTexts(texts), ...useTexts(devicesTexts) }
  const { count: number } = useNumberFormat()
  const [, go] = useLocation()
  const found = useDevices({ instance, productKey })
  const { search, page } = found
  const missingPermission = useMissingPermission()(actionOf[search.way])
  const [selected, setSelected] = useState<ReadonlyMap<string, Found>>(new Map())
  const [doing, setDoing] = useState<Doing>()
  const [open, setOpen] = useState<'add' | 'export'>()
  const takes = product === undefined || takesImports(product.AuthType, kindOf(instance))
  const isEmpty = product?.DeviceCount === 0
  const inSight = page.devices.filter((device) => selected.has(idOf(device))).length

  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={12} justify="space-between">
        <SearchBar
          instance={instance}
          search={search}
          onSearch={(next) => {
            // Otherwise selected devices would be out of sight while Delete is available.
            setSelected(new Map())
            found.look(next)
          }}
        />
        <Flex wrap gap={8}>
          <ActionButton
            actions={[actionOf[search.way]]}
            icon={<ReloadOutlined />}
            aria-label={words.refresh}
            title={words.refresh}
            loading={found.isFetching}
            onClick={() => found.retry()}
          />
          <ActionButton
            actions={['QueryDevice']}
            icon={<DownloadOutlined />}
            onClick={() => setOpen('export')}
          >
            {words.export}
          </ActionButton>
          <ActionButton
            actions={['BatchImportDevice']}
            unless={takes ? undefined : words.importNot}
            icon={<UploadOutlined />}
            onClick={() => go(linkTo.importInto(instance, productKey))}
          >
            {words.importMany}
          </ActionButton>
          <ActionButton
            type="primary"
            actions={[product?.AuthType === 'one-party' ? 'ImportDevice' : 'RegisterDevice']}
            icon={<PlusOutlined />}
            onClick={() => setOpen('add')}
          >
            {words.add}
          </ActionButton>
        </Flex>
      </Flex>
      {selected.size > 0 && (
        <Flex wrap gap={8} align="center" role="toolbar" aria-label={words.selected(number(selected.size))}>
          <Typography.Text strong>
            {words.selected(number(selected.size))}
            {inSight < selected.size && ` ${words.selectedHere(number(inSight))}`}
          </Typography.Text>
          <ActionButton size="small" actions={['EnableThing']} onClick={() => setDoing('EnableThing')}>
            {words.enable}
          </ActionButton>
          <ActionButton size="small" actions={['DisableThing']} onClick={() => setDoing('DisableThing')}>
            {words.disable}
          </ActionButton>
          <ActionButton
            size="small"
            danger
            actions={['DeleteDevice']}
            onClick={() => setDoing('DeleteDevice')}
          >
            {words.delete}
          </ActionButton>
          <Button size="small" type="text" onClick={() => setSelected(new Map())}>
            {words.clear}
          </Button>
        </Flex>
      )}
      {missingPermission !== undefined && <PermissionNotice reason={missingPermission} />}
      {found.error !== null && <Problem error={found.error} retry={found.retry} />}
      <WideTable<Found>
        aria-label={words.devices}
        rowKey={idOf}
        size="small"
        loading={found.isLoading}
        dataSource={page.devices as Found[]}
        pagination={false}
        locale={{ emptyText: <Nothing>{nothing()}</Nothing> }}
        rowSelection={{
          selectedRowKeys: [...selected.keys()],
          getTitleCheckboxProps: () => ({ 'aria-label': words.selectAll }) as object,
          getCheckboxProps: ({ name }) => ({ 'aria-label': words.select(name) }) as object,
          onSelect: (device, isOn) => pick([device], isOn),
          onSelectAll: (isOn, _, changed) => pick(changed, isOn),
        }}
        columns={[
          {
            title: 'DeviceName',
            dataIndex: 'name',
            render: (name: string, device) => (
              <Link className="mono" href={devicePath(instance, device.productKey, name)}>
                {name}
              </Link>
            ),
          },
          {
            title: words.product,
            dataIndex: 'productName',
            hidden: !isOfInstance(search.way),
            render: (name: string | undefined, device) => (
              <Link href={productPath(instance, device.productKey)}>{name ?? device.productKey}</Link>
            ),
          },
          {
            title: words.statusLabel,
            dataIndex: 'status',
            hidden: search.way === 'tag' || search.way === 'group',
            render: (status: string | undefined) => status && <Status of={status} />,
          },
          {
            title: words.nickname,
            dataIndex: 'nickname',
            hidden: search.way === 'tag' || search.way === 'group',
          },
          {
            title: words.created,
            dataIndex: 'createdAt',
            hidden: search.way === 'tag' || search.way === 'group',
            render: (at: number | undefined) => at && <Time at={at} />,
          },
        ]}
      />
      <Pager
        pageSize={found.pageSize}
        before={found.before}
        count={page.devices.length}
        total={
          page.total ?? (search.way === 'prefix' && search.prefix === '' ? product?.DeviceCount : undefined)
        }
        resize={found.resize}
        next={found.next}
        previous={found.previous}
        isLoading={found.isLoading}
      />
      {doing !== undefined && (
        <ManyDevices
          instance={instance}
          doing={doing}
          devices={[...selected.values()]}
          close={(left) => {
            setDoing(undefined)
            setSelected(new Map(left.map((device) => [idOf(device), device])))
          }}
        />
      )}
      {open === 'add' && (
        <AddDevice
          instance={instance}
          productKey={productKey}
          authType={product?.AuthType}
          close={() => setOpen(undefined)}
        />
      )}
      {open === 'export' && (
        <ExportDevices instance={instance} productKey={productKey} close={() => setOpen(undefined)} />
      )}
    </Flex>
  )

  function pick(devices: readonly Found[], isOn: boolean) {
    const next = new Map(selected)
    for (const device of devices) {
      if (isOn) next.set(idOf(device), device)
      else next.delete(idOf(device))
    }
    setSelected(next)
  }

  function nothing(): ReactNode {
    if (found.isLoading || found.error !== null || missingPermission !== undefined) return ' '
    if (!found.isAsked) return words.typeFirst
    return isEmpty && !isOfInstance(search.way) ? words.noneYet : words.noneFound
  }
}

function Nothing({ children }: { readonly children: ReactNode }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children} />
}
