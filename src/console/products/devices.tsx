import { DownloadOutlined, PlusOutlined, ReloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Empty, Flex } from 'antd'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { takesImports } from '../../rules/product-fields.ts'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { AddDevice } from './add-device.tsx'
import { ColumnsButton, useDeviceColumns, useShownColumns } from './devices-columns.tsx'
import { texts as devicesTexts } from './devices-texts.ts'
import { DevicesToolbar } from './devices-toolbar.tsx'
import { ExportDevices } from './export-devices.tsx'
import { useDevices } from './find-devices.ts'
import { type Doing, ManyDevices } from './many-devices.tsx'
import { Pager } from './pager.tsx'
import { devicePath } from './paths.ts'
import { PermissionNotice } from './permission-notice.tsx'
import { usePresence } from './presence.ts'
import { kindOf, type Product } from './product.ts'
import { actionOf, blank, type Found, isOfInstance, type OfProduct, type Way } from './search.ts'
import { SearchBar } from './search-bar.tsx'
import { texts } from './texts.ts'
import type { Chosen } from './use-chosen.ts'

/** These ways find devices of several products, and return no states. */
const hasStatus = (way: Way) => way !== 'tag' && way !== 'group'

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
  const presence = usePresence(
    instance,
    page.devices[0]?.productKey ?? productKey,
    hasStatus(search.way) ? page.devices.map(({ name }) => name) : [],
  )
  const [selected, setSelected] = useState<ReadonlyMap<string, Found>>(new Map())
  const [doing, setDoing] = useState<Doing>()
  const [isAll, setAll] = useState(false)
  const [open, setOpen] = useState<'add' | 'export' | 'exportChosen'>()
  const [shown, chooseColumns] = useShownColumns()
  const columns = useDeviceColumns(instance, search, shown, (name) => presence.get(name)?.Status)
  const takes = product === undefined || takesImports(product.AuthType, kindOf(instance))
  const isEmpty = product?.DeviceCount === 0
  const inSight = page.devices.filter((device) => selected.has(idOf(device))).length
  const total =
    page.total ?? (search.way === 'prefix' && search.prefix === '' ? product?.DeviceCount : undefined)
  const isPageSelected = page.devices.length > 0 && inSight === page.devices.length
  const hasFurther = found.next !== undefined || found.previous !== undefined
  const chosen: Chosen = isAll ? { search, product: { instance, productKey } } : [...selected.values()]
  const about = product?.ProductName ?? productKey
  const deselect = () => {
    setSelected(new Map())
    setAll(false)
  }
  const look = (next: typeof search) => {
    // Otherwise selected devices would be out of sight while Delete is available.
    deselect()
    found.look(next)
  }
  const selectedLabel = isAll
    ? total === undefined
      ? words.allSelected
      : words.selected(number(total))
    : `${words.selected(number(selected.size))}${
        inSight < selected.size ? ` ${words.selectedHere(number(inSight))}` : ''
      }`

  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={12} justify="space-between">
        <SearchBar
          instance={instance}
          search={search}
          onSearch={look}
          onOpen={(name) => {
            if (page.devices.some((device) => device.name === name))
              go(devicePath(instance, productKey, name))
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
          <ColumnsButton shown={shown} choose={chooseColumns} />
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
        <DevicesToolbar
          label={selectedLabel}
          allLabel={total === undefined ? words.selectAllFound : words.selectAllOf(number(total))}
          selectAll={!isAll && isPageSelected && hasFurther ? () => setAll(true) : undefined}
          choose={setDoing}
          exportThem={() => setOpen('exportChosen')}
          clear={deselect}
        />
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
          selectedRowKeys: isAll ? page.devices.map(idOf) : [...selected.keys()],
          getTitleCheckboxProps: () => ({ 'aria-label': words.selectAll }) as object,
          getCheckboxProps: ({ name }) => ({ 'aria-label': words.select(name) }) as object,
          onSelect: (device, isOn) => pick([device], isOn),
          onSelectAll: (isOn, _, changed) => pick(changed, isOn),
        }}
        onChange={(_, __, sorter) => {
          const by = Array.isArray(sorter) ? undefined : sorter.columnKey
          if (by === 'name') look(blank('prefix'))
          if (by === 'createdAt') look(blank('newest'))
        }}
        columns={columns}
      />
      <Pager
        pageSize={found.pageSize}
        before={found.before}
        count={page.devices.length}
        total={total}
        resize={found.resize}
        next={found.next}
        previous={found.previous}
        first={found.first}
        isLoading={found.isLoading}
      />
      {doing !== undefined && (
        <ManyDevices
          instance={instance}
          doing={doing}
          devices={chosen}
          about={about}
          close={(left) => {
            setDoing(undefined)
            if (left === undefined) return
            setAll(false)
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
      {open === 'exportChosen' && (
        <ExportDevices
          instance={instance}
          productKey={productKey}
          chosen={chosen}
          close={() => setOpen(undefined)}
        />
      )}
    </Flex>
  )

  function pick(devices: readonly Found[], isOn: boolean) {
    // Deselecting one of all leaves those of this page.
    const next = isAll ? new Map(page.devices.map((device) => [idOf(device), device])) : new Map(selected)
    setAll(false)
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
