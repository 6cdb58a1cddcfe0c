import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, type TableProps } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { localValues } from '../shell/stored.ts'
import { Time } from '../shell/time.tsx'
import { texts as devicesTexts } from './devices-texts.ts'
import { devicePath, productPath } from './paths.ts'
import { type Found, isOfInstance, type Search, type Way } from './search.ts'
import { Status } from './status.tsx'
import { texts } from './texts.ts'

/** Columns that a user may hide. */
const choosable = ['status', 'nickname', 'createdAt', 'sn', 'iotId'] as const
type Column = (typeof choosable)[number]
const usual: readonly Column[] = ['status', 'nickname', 'createdAt']

const stored = 'rollcall.device-columns'

/** The columns that the user displays, kept in the browser. */
export function useShownColumns() {
  const [shown, setShown] = useState<readonly Column[]>(() => {
    const kept = localValues.read(stored)
    return kept === undefined ? usual : choosable.filter((column) => kept.split(',').includes(column))
  })
  const choose = (columns: readonly Column[]) => {
    localValues.write(stored, columns.join(','))
    setShown(columns)
  }
  return [shown, choose] as const
}

/** Reports whether a search mode's operation returns a column. */
function hasColumn(way: Way, column: Column): boolean {
  if (column === 'iotId') return true
  if (column === 'sn') return way === 'prefix'
  return way !== 'tag' && way !== 'group'
}

/** A button that opens the choice of columns. */
export function ColumnsButton({
  shown,
  choose,
}: {
  readonly shown: readonly Column[]
  readonly choose: (columns: readonly Column[]) => void
}) {
  const words = { ...useTexts(texts), ...useTexts(devicesTexts) }
  const labels = useColumnLabels()
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          aria-label={words.columns}
          value={[...shown]}
          onChange={(columns) => choose(choosable.filter((column) => columns.includes(column)))}
          options={choosable.map((value) => ({ value, label: labels[value] }))}
          style={{ flexDirection: 'column', gap: 8 }}
        />
      }
    >
      <Button icon={<SettingOutlined />} aria-label={words.columns} title={words.columns} />
    </Popover>
  )
}

function useColumnLabels(): Readonly<Record<Column, string>> {
  const words = useTexts(texts)
  return {
    status: words.statusLabel,
    nickname: words.nickname,
    createdAt: words.created,
    sn: 'Sn',
    iotId: 'IotId',
  }
}

/** A list that its operation can order by name or by time: all devices of a product. */
const isSortable = (search: Search) =>
  search.way === 'newest' || (search.way === 'prefix' && search.prefix === '')

/**
 * The columns of the device list.
 * @param currentStatus returns a status that is newer than that of the list
 */
export function useDeviceColumns(
  instance: string,
  search: Search,
  shown: readonly Column[],
  currentStatus: (name: string) => string | undefined,
): NonNullable<TableProps<Found>['columns']> {
  const { product } = useTexts(devicesTexts)
  const labels = useColumnLabels()
  const { way } = search
  const column = (name: Column) => ({
    title: labels[name],
    dataIndex: name,
    key: name,
    hidden: !shown.includes(name) || !hasColumn(way, name),
  })
  const sortedBy = (order: 'ascend' | 'descend', isSorted: boolean) =>
    isSortable(search) && {
      sorter: true,
      sortOrder: isSorted ? order : null,
      sortDirections: [order],
      showSorterTooltip: false,
    }
  const columns: NonNullable<TableProps<Found>['columns']> = [
    {
      title: 'DeviceName',
      dataIndex: 'name',
      key: 'name',
      ...sortedBy('ascend', way === 'prefix'),
      render: (name: string, device) => (
        <Link className="mono" href={devicePath(instance, device.productKey, name)}>
          {name}
        </Link>
      ),
    },
    {
      title: product,
      dataIndex: 'productName',
      hidden: !isOfInstance(way),
      render: (name: string | undefined, device) => (
        <Link href={productPath(instance, device.productKey)}>{name ?? device.productKey}</Link>
      ),
    },
    {
      ...column('status'),
      render: (listed: string | undefined, { name }) => {
        const status = currentStatus(name) ?? listed
        return status && <Status of={status} />
      },
    },
    column('nickname'),
    {
      ...column('sn'),
      render: (sn: string | undefined) => sn && <Copyable text={sn} what={`Sn ${sn}`} />,
    },
    {
      ...column('iotId'),
      render: (id: string | undefined) => id && <Copyable text={id} what={`IotId ${id}`} />,
    },
    {
      ...column('createdAt'),
      ...sortedBy('descend', way === 'newest'),
      render: (at: number | undefined) => at && <Time at={at} />,
    },
  ]
  return columns
}
