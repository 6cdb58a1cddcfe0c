import { Breadcrumb, Flex, Grid, Tabs, Typography } from 'antd'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { asLeft } from '../shell/address.ts'
import { lastAnswer, useApiQuery } from '../shell/api-query.ts'
import { InstanceName } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { Problem } from '../shell/problem.tsx'
import { Time } from '../shell/time.tsx'
import { useTitle } from '../shell/title.ts'
import { ConnectView } from './connect-view.tsx'
import { ConnectionLog } from './connection-log.tsx'
import { type Device, DeviceDetails } from './device-details.tsx'
import { texts as deviceTexts } from './device-texts.ts'
import { type Doing, ManyDevices } from './many-devices.tsx'
import { MessagesView } from './messages-view.tsx'
import { type DeviceView, devicePath, instancePath, productPath } from './paths.ts'
import { PermissionNotice } from './permission-notice.tsx'
import { type Presence, usePresence } from './presence.ts'
import type { OfProduct } from './search.ts'
import { Status } from './status.tsx'
import { texts } from './texts.ts'

/** A device's details and actions. */
export function DevicePage(
  props: OfProduct & { readonly name: string; readonly view?: DeviceView | undefined },
) {
  const { instance, productKey, name, view } = props
  const words = { ...useTexts(texts), ...useTexts(deviceTexts) }
  const [, go] = useLocation()
  const missingPermission = useMissingPermission()('QueryDeviceDetail')
  const query = useApiQuery(
    'QueryDeviceDetail',
    { IotInstanceId: instance, ProductKey: productKey, DeviceName: name },
    { enabled: missingPermission === undefined },
  )
  const device: Device | undefined = lastAnswer(query)?.Data
  const isThere = query.error === null || device !== undefined
  const presence = usePresence(instance, productKey, isThere ? [name] : []).get(name)
  const status = presence?.Status ?? device?.Status
  const [doing, setDoing] = useState<Doing>()
  const first = status === 'DISABLE' ? 'EnableThing' : 'DisableThing'
  const isWide = Grid.useBreakpoint().md ?? true
  useTitle(name)
  const of = { instance, productKey, name }
  return (
    <Flex vertical gap={16}>
      <Breadcrumb
        items={[
          {
            title: <Link href={asLeft(`/products${instancePath(instance)}`)}>{words.products}</Link>,
          },
          { title: <InstanceName id={instance} /> },
          {
            title: (
              <Link href={asLeft(`/products${productPath(instance, productKey)}`)}>
                {device?.ProductName ?? productKey}
              </Link>
            ),
          },
          { title: <span className="mono">{name}</span> },
        ]}
      />
      <Flex wrap gap={12} align="center" justify="space-between">
        <Flex wrap gap={12} align="center">
          <h2 className="mono" style={{ margin: 0, fontSize: 20, wordBreak: 'break-all' }}>
            {name}
          </h2>
          {status !== undefined && <Status of={status} />}
          {presence && <Since presence={presence} />}
        </Flex>
        {isThere && (
          <Flex wrap gap={8}>
            {/* One button for both, so that the dialog can restore the focus to it. */}
            <ActionButton actions={[first]} onClick={() => setDoing(first)}>
              {first === 'EnableThing' ? words.enable : words.disable}
            </ActionButton>
            {status === undefined && (
              <ActionButton actions={['EnableThing']} onClick={() => setDoing('EnableThing')}>
                {words.enable}
              </ActionButton>
            )}
            <ActionButton danger actions={['DeleteDevice']} onClick={() => setDoing('DeleteDevice')}>
              {words.delete}
            </ActionButton>
          </Flex>
        )}
      </Flex>
      {missingPermission !== undefined && <PermissionNotice reason={missingPermission} />}
      {query.isLoading && <Loading />}
      {query.error !== null && (
        <>
          <Problem error={query.error} retry={query.refetch} />
          {!isThere && <Link href={productPath(instance, productKey)}>{words.toProduct}</Link>}
        </>
      )}
      {isThere && !query.isLoading && (
        <Tabs
          tabBarGutter={isWide ? 32 : 16}
          activeKey={view ?? 'details'}
          destroyOnHidden
          onChange={(key) =>
            go(devicePath(instance, productKey, name, key === 'details' ? undefined : (key as DeviceView)))
          }
          items={[
            {
              key: 'details',
              label: words.details,
              children: <DeviceDetails {...of} device={device} presence={presence} />,
            },
            ...(device === undefined
              ? []
              : [
                  {
                    key: 'connect',
                    label: words.connect,
                    children: <ConnectView key={device.IotId} {...of} secret={device.DeviceSecret} />,
                  },
                ]),
            { key: 'messages', label: words.messages, children: <MessagesView {...of} /> },
            { key: 'log', label: words.log, children: <ConnectionLog {...of} /> },
          ]}
        />
      )}
      {doing !== undefined && (
        <ManyDevices
          instance={instance}
          doing={doing}
          devices={[{ productKey, name, status: device?.Status }]}
          about={name}
          close={(left) => {
            setDoing(undefined)
            if (doing === 'DeleteDevice' && left?.length === 0) go(productPath(instance, productKey))
          }}
        />
      )}
    </Flex>
  )
}

/** Since when a device is online or offline. */
function Since({ presence: { Status: status, ChangeTime } }: { readonly presence: Presence }) {
  const words = useTexts(deviceTexts)
  if (ChangeTime === undefined || (status !== 'ONLINE' && status !== 'OFFLINE')) return null
  return (
    <Typography.Text type="secondary">
      {words.since} <Time at={ChangeTime} />
    </Typography.Text>
  )
}
