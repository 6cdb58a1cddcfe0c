import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Flex, Typography } from 'antd'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useTexts } from '../shell/language.tsx'
import type { Doing } from './bulk.ts'
import { texts as devicesTexts } from './devices-texts.ts'
import { texts as manyTexts } from './many-texts.ts'
import { texts } from './texts.ts'

const further = [
  'SaveDeviceProp',
  'DeleteDeviceProp',
  'BatchAddDeviceGroupRelations',
  'BatchDeleteDeviceGroupRelations',
  'BatchUpdateDeviceNickname',
] as const satisfies readonly Doing[]

/** The actions on selected devices. */
export function DevicesToolbar(props: {
  /** How many devices are selected, in words. */
  readonly label: string
  /** Selects all devices of the search; undefined if they are selected or on this page. */
  readonly selectAll: (() => void) | undefined
  readonly allLabel: string
  readonly choose: (doing: Doing) => void
  readonly exportThem: () => void
  readonly clear: () => void
}) {
  const { label, selectAll, allLabel, choose, exportThem, clear } = props
  const words = { ...useTexts(texts), ...useTexts(devicesTexts) }
  const many = useTexts(manyTexts)
  const missingPermissionFor = useMissingPermission()
  return (
    <Flex wrap gap={8} align="center" role="toolbar" aria-label={label}>
      <Typography.Text strong>{label}</Typography.Text>
      {selectAll !== undefined && (
        <Button size="small" type="link" onClick={selectAll}>
          {allLabel}
        </Button>
      )}
      <ActionButton size="small" actions={['EnableThing']} onClick={() => choose('EnableThing')}>
        {words.enable}
      </ActionButton>
      <ActionButton size="small" actions={['DisableThing']} onClick={() => choose('DisableThing')}>
        {words.disable}
      </ActionButton>
      <ActionButton size="small" danger actions={['DeleteDevice']} onClick={() => choose('DeleteDevice')}>
        {words.delete}
      </ActionButton>
      <ActionButton size="small" actions={['ListDevices']} onClick={exportThem}>
        {words.exportSelected}
      </ActionButton>
      <Dropdown
        trigger={['click']}
        menu={{
          items: further.map((doing) => {
            const reason = missingPermissionFor(doing)
            return {
              key: doing,
              label: many[doing].doIt,
              disabled: reason !== undefined,
              ...(reason !== undefined && { title: reason }),
              onClick: () => choose(doing),
            }
          }),
        }}
      >
        <Button size="small" icon={<DownOutlined />} iconPlacement="end">
          {words.more}
        </Button>
      </Dropdown>
      <Button size="small" type="text" onClick={clear}>
        {words.clear}
      </Button>
    </Flex>
  )
}
