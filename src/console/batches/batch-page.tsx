import { ArrowLeftOutlined } from '@ant-design/icons'
import { Alert, Card, Descriptions, Flex, Grid, Result, Typography } from 'antd'
import { Link } from 'wouter'
import { useMissingPermission } from '../shell/action-button.tsx'
import { asLeft } from '../shell/address.ts'
import { lastAnswer, useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { Loading } from '../shell/loading.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { linkTo } from '../shell/paths.ts'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { Time } from '../shell/time.tsx'
import { type Batch, inInstance } from './batch.ts'
import { BatchDevices } from './batch-devices.tsx'
import { BatchState } from './batch-state.tsx'
import { CheckedList } from './checked-list.tsx'
import { applyIdIn, listPath } from './paths.ts'
import { texts } from './texts.ts'

/** A batch or checked list. @param text ApplyId from the path */
export function BatchPage({ instance, text }: { readonly instance: string; readonly text: string }) {
  const words = useTexts(texts)
  const applyId = applyIdIn(text)
  return (
    <Flex vertical gap={16}>
      <Link href={asLeft(instance === '' ? '/batches' : `/batches${listPath(instance)}`)}>
        <ArrowLeftOutlined /> {words.all}
      </Link>
      {applyId === undefined ? (
        <Result status="404" title={words.nowhere} subTitle={words.notAnApplyId} />
      ) : (
        <Found instance={instance} applyId={applyId} />
      )}
    </Flex>
  )
}

function Found({ instance, applyId }: { readonly instance: string; readonly applyId: number }) {
  const words = useTexts(texts)
  const { may } = useSession()
  const missingPermission = useMissingPermission()('ListDeviceBatches')
  const query = useApiQuery(
    'ListDeviceBatches',
    { ...inInstance(instance), ApplyId: applyId },
    { enabled: may('ListDeviceBatches') },
  )
  const { error, refetch } = query
  const data = lastAnswer(query)
  const batch: Batch | undefined = data?.Data.Batch[0]
  const heading = (
    <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
      {words.heading(applyId)}
    </Typography.Title>
  )
  const problem = error && <Problem error={error} retry={refetch} />
  if (problem !== null && data === undefined)
    return (
      <>
        {heading}
        {problem}
      </>
    )
  if (missingPermission === undefined && batch === undefined) {
    return data === undefined ? (
      <Loading />
    ) : (
      <Result status="404" title={words.nowhere} subTitle={words.nowhereMeans} />
    )
  }
  return (
    <>
      {heading}
      {problem}
      {batch === undefined ? (
        <Alert type="info" showIcon title={missingPermission} />
      ) : (
        <Facts instance={instance} batch={batch} />
      )}
      {batch?.Registered === false ? (
        <CheckedList instance={instance} batch={batch} />
      ) : (
        <BatchDevices instance={instance} applyId={applyId} kind={batch?.Kind} />
      )}
    </>
  )
}

function Facts({ instance, batch }: { readonly instance: string; readonly batch: Batch }) {
  const words = useTexts(texts)
  const { count: number } = useNumberFormat()
  const isWide = Grid.useBreakpoint().md ?? true
  const { ApplyId, Kind, Registered, ProductKey, ProductName, DeviceCount, GmtCreate } = batch
  return (
    <Card size="small">
      <Descriptions
        size="small"
        colon={false}
        column={isWide ? 2 : 1}
        styles={{ label: { width: 112 } }}
        items={[
          { label: 'ApplyId', children: <Copyable text={String(ApplyId)} what="ApplyId" /> },
          { label: words.made, children: <Time at={GmtCreate} /> },
          { label: words.kind, children: words.kinds[Kind] ?? Kind },
          { label: words.state, children: <BatchState registered={Registered} /> },
          {
            label: words.product,
            children: <Link href={linkTo.product(instance, ProductKey)}>{ProductName}</Link>,
          },
          { label: 'ProductKey', children: <Copyable text={ProductKey} what="ProductKey" /> },
          {
            label: words.devicesThen,
            children: <span title={words.devicesMeans}>{number(DeviceCount)}</span>,
          },
        ].map((item) => ({ ...item, key: item.label, children: <div>{item.children}</div> }))}
      />
    </Card>
  )
}
