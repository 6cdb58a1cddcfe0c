import { DownloadOutlined } from '@ant-design/icons'
import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import type { FixOffer } from '../../importer/fix-offers.ts'
import { useTexts } from '../shell/language.tsx'
import { useNumberFormat } from '../shell/number-format.ts'
import { save } from '../shell/save.ts'
import { WideTable } from '../shell/wide-table.tsx'
import type { ImportController } from './import-controller.ts'
import { texts } from './reshape-texts.ts'

/** Fixes that would make bad values legal, each with values before and after: one click reads and verifies anew. */
export function Offers({
  offers,
  fix,
}: {
  readonly offers: readonly FixOffer[]
  readonly fix: (offer: FixOffer) => void
}) {
  const words = useTexts(texts)
  const { count } = useNumberFormat()
  return (
    <Flex vertical gap={16}>
      {offers.map((offer) => (
        <Flex key={offer.fix} vertical gap={8}>
          <Flex gap={12} align="center" wrap>
            <Typography.Text strong>{words.fixNames[offer.fix]}</Typography.Text>
            <Button onClick={() => fix(offer)}>{words.fixAll(count(offer.count), offer.count)}</Button>
          </Flex>
          {offer.samples.length > 0 && (
            <WideTable
              aria-label={words.fixNames[offer.fix]}
              size="small"
              pagination={false}
              rowKey="line"
              dataSource={[...offer.samples]}
              columns={[
                { title: words.line, dataIndex: 'line' },
                { title: words.before, dataIndex: 'before', className: 'mono' },
                { title: words.after, dataIndex: 'after', className: 'mono' },
              ]}
            />
          )}
        </Flex>
      ))}
    </Flex>
  )
}

/** Has the generated secrets downloaded, which must be done before the import begins. */
export function SecretsDownload({
  controller,
  isTaken,
}: {
  readonly controller: ImportController
  readonly isTaken: boolean
}) {
  const words = useTexts(texts)
  const [isSaving, setSaving] = useState(false)
  async function download() {
    setSaving(true)
    const { file, name } = await controller.secrets()
    save(file, name)
    setSaving(false)
  }
  return (
    <Flex gap={12} align="center" wrap>
      <Button icon={<DownloadOutlined />} loading={isSaving} onClick={download}>
        {words.downloadSecrets}
      </Button>
      <Typography.Text type="secondary">{isTaken ? words.secretsTaken : words.secretsMust}</Typography.Text>
    </Flex>
  )
}
