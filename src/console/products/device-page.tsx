import { Breadcrumb, Card, Flex } from 'antd'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { lastAnswer, useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { InstanceName } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { Problem } from '../shell/problem.tsx'
import { Secret } from '../shell/secret.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { useTitle } from '../shell/title.ts'
import { ConnectCard } from './connect-card.tsx'
import { Details } from './details.tsx'
import { DeviceGroups } from './device-groups.tsx'
import { DeviceTags } from './device-tags.tsx'
import { texts as deviceTexts } from './device-texts.ts'
import { type Doing, ManyDevices } from './many-devices.tsx'
import { MessagesCard } from './messages-card.tsx'
import { Nickname } from './nickname.tsx'
import { instancePath, productPath } from './paths.ts'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'
import { Status } from './status.tsx'
import { texts } from './texts.ts'

/** A device in the answer of QueryDeviceDetail; times are ISO 8601, empty if unset. */
interface Device {
  readonly ProductName: string
  readonly DeviceSecret: string
  readonly IotId: string
  readonly Nickname?: string
  readonly Status: string
  readonly NodeType: number
  readonly FirmwareVersion: string
  readonly UtcCreate: string
  readonly UtcActive: string
  readonly UtcOnline: string
  readonly IpAddress: string
}

/** A device's details and actions. */
export function DevicePage({ instance, productKey, name }: OfProduct & { readonly name: string }) {
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
  const [doing, setDoing] = useState<Doing>()
  const first = device?.Status === 'DISABLE' ? 'EnableThing' : 'DisableThing'
  useTitle(name)
  return (
    <Flex vertical gap={16}>
      <Breadcrumb
        items={[
          { title: <Link href={instancePath(instance)}>{words.products}</Link> },
          { title: <InstanceName id={instance} /> },
          {
            title: <Link href={productPath(instance, productKey)}>{device?.ProductName ?? productKey}</Link>,
          },
          { title: <span className="mono">{name}</span> },
        ]}
      />
      <Flex wrap gap={12} align="center" justify="space-between">
        <Flex wrap gap={12} align="center">
          <h2 className="mono" style={{ margin: 0, fontSize: 20, wordBreak: 'break-all' }}>
            {name}
          </h2>
          {device && <Status of={device.Status} />}
        </Flex>
        {isThere && (
          <Flex wrap gap={8}>
            {/* One button for both, so that the dialog can restore the focus to it. */}
            <ActionButton actions={[first]} onClick={() => setDoing(first)}>
              {first === 'EnableThing' ? words.enable : words.disable}
            </ActionButton>
            {device === undefined && (
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
      {device && <DeviceDetails instance={instance} productKey={productKey} name={name} device={device} />}
      {device && (
        <ConnectCard
          key={device.IotId}
          instance={instance}
          productKey={productKey}
          name={name}
          secret={device.DeviceSecret}
        />
      )}
      {device && (
        <MessagesCard
          key={`messages ${device.IotId}`}
          instance={instance}
          productKey={productKey}
          name={name}
        />
      )}
      {isThere && !query.isLoading && (
        <>
          <Card size="small" title={words.tags}>
            <DeviceTags instance={instance} productKey={productKey} name={name} />
          </Card>
          <Card size="small" title={words.groups}>
            <DeviceGroups instance={instance} productKey={productKey} name={name} />
          </Card>
        </>
      )}
      {doing !== undefined && (
        <ManyDevices
          instance={instance}
          doing={doing}
          devices={[{ productKey, name }]}
          close={(left) => {
            setDoing(undefined)
            if (doing === 'DeleteDevice' && left.length === 0) go(productPath(instance, productKey))
          }}
        />
      )}
    </Flex>
  )
}

function DeviceDetails({
  instance,
  productKey,
  name,
  device,
}: OfProduct & { readonly name: string; readonly device: Device }) {
  const words = { ...useTexts(texts), ...useTexts(deviceTexts) }
  const { may } = useSession()
  // No operation of the cloud returns it.
  const { data } = useApiQuery(
    'ListDevices',
    { IotInstanceId: instance, ProductKey: productKey, 'DeviceName.1': name },
    { enabled: may('ListDevices') },
  )
  const sn: string | undefined = data?.Data.Device[0]?.Sn
  const noSn = !may('ListDevices') ? words.snUnknown : data === undefined ? '' : words.none
  const time = (utc: string) => (utc === '' ? words.never : <Time at={Date.parse(utc)} />)
  return (
    <Details
      title={words.details}
      items={[
        { label: 'DeviceName', children: <Copyable text={name} what="DeviceName" /> },
        {
          label: 'DeviceSecret',
          children: <Secret name="DeviceSecret" value={device.DeviceSecret} />,
        },
        {
          label: 'Sn',
          children: sn === undefined ? noSn : <Copyable text={sn} what="Sn" />,
        },
        { label: 'IotId', children: <Copyable text={device.IotId} what="IotId" /> },
        {
          label: words.nickname,
          children: (
            <Nickname instance={instance} productKey={productKey} name={name} nickname={device.Nickname} />
          ),
        },
        {
          label: words.product,
          children: <Link href={productPath(instance, productKey)}>{device.ProductName}</Link>,
        },
        { label: 'ProductKey', children: <Copyable text={productKey} what="ProductKey" /> },
        { label: words.nodeLabel, children: words.node(device.NodeType) },
        { label: words.created, children: time(device.UtcCreate) },
        { label: words.activated, children: time(device.UtcActive) },
        { label: words.lastOnline, children: time(device.UtcOnline) },
        { label: words.firmware, children: device.FirmwareVersion || words.none },
        { label: words.ipAddress, children: device.IpAddress || words.none },
      ]}
    />
  )
}
