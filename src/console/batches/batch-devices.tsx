import { DownloadOutlined, UndoOutlined } from '@ant-design/icons'
import { Empty, Flex, Pagination, Typography } from 'antd'
import { useState } from 'react'
import { ActionButton, useMissingPermission } from '../shell/action-button.tsx'
import { useAddressParameters } from '../shell/address.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { Copyable } from '../shell/copy-button.tsx'
import { rest, toExport } from '../shell/device-export.ts'
import { ExportDialog } from '../shell/export-dialog.tsx'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { usePageSteps } from '../shell/page-steps.tsx'
import { Problem } from '../shell/problem.tsx'
import { Secret } from '../shell/secret.tsx'
import { useSession } from '../shell/session.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { inInstance, type Kind } from './batch.ts'
import { texts } from './batch-texts.ts'
import { type DeviceOfBatch, devicePages, type OfBatch, type Way, wayFor } from './devices-of.ts'
import { Undo } from './undo.tsx'

/** The remaining devices of a batch, and actions on all of them. */
export function BatchDevices({
  instance,
  applyId,
  kind,
}: OfBatch & { /** If known. */ readonly kind: Kind | undefined }) {
  const words = useTexts(texts)
  const { may } = useSession()
  const way = wayFor(may)
  const [isUndoing, setUndoing] = useState(false)
  const undo = (
    <ActionButton actions={['UndoDeviceBatch']} icon={<UndoOutlined />} onClick={() => setUndoing(true)}>
      {words.undo}
    </ActionButton>
  )
  return (
    <>
      {way === undefined ? (
        <>
          <Flex justify="end">{undo}</Flex>
          <Typography.Text type="secondary">{words.noWay}</Typography.Text>
        </>
      ) : (
        <Listed instance={instance} applyId={applyId} way={way} undo={undo} />
      )}
      {isUndoing && (
        <Undo
          instance={instance}
          applyId={applyId}
          mayBeShared={kind !== 'Import'}
          close={() => setUndoing(false)}
        />
      )}
    </>
  )
}

function Listed(props: OfBatch & { readonly way: Way; readonly undo: React.ReactNode }) {
  const { instance, applyId, way, undo } = props
  const words = useTexts(texts)
  const pageSteps = usePageSteps()
  const { count: number } = useNumberFormat()
  const { patientClient } = useSession()
  const missingPermissionFor = useMissingPermission()
  const [parameters, setParameters] = useAddressParameters()
  const page = Math.max(1, Number.parseInt(parameters.page ?? '', 10) || 1)
  const size = parameters.size === '50' ? 50 : 20
  const [isDownloading, setDownloading] = useState(false)
  const ofBatch = { ...inInstance(instance), ApplyId: applyId }
  // This operation returns only the number of pages: with one device per page, that is the number of devices.
  const counted = useApiQuery(way.action, { ...ofBatch, ...way.parameters(1, 1) })
  const count = counted.data && way.total(counted.data)
  // There may be fewer pages than before.
  const current = count === undefined ? page : Math.min(page, Math.max(1, Math.ceil(count / size)))
  const { data, error, isFetching, isPlaceholderData, refetch } = useApiQuery(
    way.action,
    { ...ofBatch, ...way.parameters(current, size) },
    { keepPrevious: true },
  )
  const devices = error === null && data !== undefined ? way.devices(data) : []
  const total = count ?? (data && way.total(data)) ?? 0
  const isEmpty = data !== undefined && !isPlaceholderData && total === 0
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={8} justify="space-between" align="center">
        <Typography.Text>{count !== undefined && words.stillThere(number(count))}</Typography.Text>
        <Flex wrap gap={8}>
          <ActionButton
            actions={[way.action]}
            unless={isEmpty ? words.noneLeft : undefined}
            icon={<DownloadOutlined />}
            onClick={() => setDownloading(true)}
          >
            {words.download}
          </ActionButton>
          {undo}
        </Flex>
      </Flex>
      {missingPermissionFor(way.action)}
      {error !== null && <Problem error={error} retry={refetch} />}
      <WideTable<DeviceOfBatch>
        aria-label={words.devices}
        rowKey="DeviceName"
        size="small"
        loading={isFetching && (data === undefined || isPlaceholderData)}
        dataSource={[...devices]}
        pagination={false}
        locale={{
          emptyText: isEmpty ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noneLeft} />
          ) : (
            ' '
          ),
        }}
        columns={way.columns.map((column) => ({
          title: column,
          dataIndex: column,
          render: (value: string) =>
            value === '' ? (
              '—'
            ) : column === 'DeviceSecret' ? (
              <Secret name={column} value={value} />
            ) : column === 'IotId' ? (
              <Copyable text={value} what={column} />
            ) : (
              <span className="mono">{value}</span>
            ),
        }))}
      />
      <Pagination
        itemRender={pageSteps}
        size="small"
        align="end"
        hideOnSinglePage={total <= 20}
        showSizeChanger
        pageSizeOptions={[20, 50]}
        current={current}
        pageSize={size}
        total={total}
        onChange={(page, size) =>
          setParameters({
            page: page === 1 ? undefined : String(page),
            size: size === 20 ? undefined : String(size),
          })
        }
      />
      {isDownloading && (
        <ExportDialog
          title={words.downloadTitle(applyId)}
          about={words.about(way.columns.filter((column) => column !== 'DeviceSecret'))}
          withMeans={words.withMeans}
          withoutMeans={words.withoutMeans}
          file={`batch-${applyId}`}
          open={async (withSecrets) => ({
            ...toExport(
              way.columns,
              withSecrets,
              devicePages(patientClient, way, { instance, applyId }, count, rest),
            ),
            ...(!way.columns.includes('Sn') && {
              withoutSn: 'the key may not',
              serialsBy: 'QueryImportedDeviceByApplyId',
            }),
          })}
          close={() => setDownloading(false)}
        />
      )}
    </Flex>
  )
}
