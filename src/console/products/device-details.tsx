import { Card, Flex } from 'antd'
import { Link } from 'wouter'
import { useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { linkTo } from '../shell/paths.ts'
import { Secret } from '../shell/secret.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { Details } from './details.tsx'
import { DeviceGroups } from './device-groups.tsx'
import { DeviceTags } from './device-tags.tsx'
import { texts as deviceTexts } from './device-texts.ts'
import { Nickname } from './nickname.tsx'
import { productPath } from './paths.ts'
import type { Presence } from './presence.ts'
import type { OfProduct } from './search.ts'
import { texts } from './texts.ts'
import { Triple } from './triple.tsx'

/** A device in the answer of QueryDeviceDetail; times are ISO 8601, empty if unset. */
export interface Device {
  readonly ProductName: string
  readonly DeviceSecret: string
  readonly IotId: string
  readonly Nickname?: string
  readonly Status: string
  readonly NodeType: number
  readonly UtcCreate: string
  readonly UtcActive: string
  readonly UtcOnline: string
  readonly IpAddress: string
}

interface OfDevice extends OfProduct {
  readonly name: string
}

/** The facts of a device, and its tags and groups, which can be edited in place. */
export function DeviceDetails({
  device,
  presence,
  ...of
}: OfDevice & { readonly device: Device | undefined; readonly presence: Presence | undefined }) {
  const words = useTexts(deviceTexts)
  return (
    <Flex vertical gap={16}>
      {device && <Facts {...of} device={device} presence={presence} />}
      <Card size="small" title={words.tags}>
        <DeviceTags {...of} />
      </Card>
      <Card size="small" title={words.groups}>
        <DeviceGroups {...of} />
      </Card>
    </Flex>
  )
}

/** Facts that are not known, or say nothing, are left out. */
function Facts({
  instance,
  productKey,
  name,
  device,
  presence,
}: OfDevice & { readonly device: Device; readonly presence: Presence | undefined }) {
  const words = { ...useTexts(texts), ...useTexts(deviceTexts) }
  const { may } = useSession()
  // No operation of the cloud's returns these.
  const { data } = useApiQuery(
    'ListDevices',
    { IotInstanceId: instance, ProductKey: productKey, 'DeviceName.1': name },
    { enabled: may('ListDevices') },
  )
  const listed: { readonly Sn?: string; readonly ApplyId?: number } | undefined = data?.Data.Device[0]
  const time = (label: string, at: number | undefined) =>
    at === undefined || Number.isNaN(at) ? [] : [{ label, children: <Time at={at} /> }]
  const address = presence?.IpAddress ?? device.IpAddress
  return (
    <Details
      title={words.facts}
      items={[
        { label: 'DeviceName', children: <Copyable text={name} what="DeviceName" /> },
        { label: 'DeviceSecret', children: <Secret name="DeviceSecret" value={device.DeviceSecret} /> },
        { label: 'ProductKey', children: <Copyable text={productKey} what="ProductKey" /> },
        {
          label: words.triple,
          children: <Triple productKey={productKey} name={name} secret={device.DeviceSecret} />,
        },
        ...(may('ListDevices')
          ? listed?.Sn === undefined
            ? []
            : [{ label: 'Sn', children: <Copyable text={listed.Sn} what="Sn" /> }]
          : [{ label: 'Sn', children: words.snUnknown }]),
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
        ...(device.NodeType === 0 ? [] : [{ label: words.nodeLabel, children: words.node(device.NodeType) }]),
        { label: words.created, children: <Time at={Date.parse(device.UtcCreate)} /> },
        ...(listed?.ApplyId === undefined
          ? []
          : [
              {
                label: words.batch,
                children: <Link href={linkTo.batch(instance, listed.ApplyId)}>{listed.ApplyId}</Link>,
              },
            ]),
        ...time(words.activated, presence?.ActiveTime ?? Date.parse(device.UtcActive)),
        ...time(words.lastOnline, presence?.OnlineTime ?? Date.parse(device.UtcOnline)),
        ...(address === ''
          ? []
          : [{ label: words.ipAddress, children: <Copyable text={address} what="IP" /> }]),
      ]}
    />
  )
}
