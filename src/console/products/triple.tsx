import { QrcodeOutlined } from '@ant-design/icons'
import { Button, Flex, Popover, QRCode } from 'antd'
import { useState } from 'react'
import { CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { tripleOf } from './connect-programs.ts'
import { texts } from './connect-texts.ts'

/** Copies ProductKey, DeviceName and DeviceSecret together, or shows them as a QR code. */
export function Triple(device: {
  readonly productKey: string
  readonly name: string
  readonly secret: string
}) {
  const words = useTexts(texts)
  const [isShown, setShown] = useState(false)
  const [json, env] = tripleOf(device)
  return (
    <Flex wrap gap={8}>
      <CopyButton text={json.text} label="JSON" what={`${words.triple} JSON`} />
      <CopyButton text={env.text} label=".env" what={`${words.triple} .env`} />
      <Popover
        trigger="click"
        open={isShown}
        onOpenChange={setShown}
        content={
          <Flex vertical gap={8} align="center" style={{ maxWidth: 220 }}>
            <QRCode type="svg" value={json.text} aria-label={words.qrCode} />
            {words.qrHint}
          </Flex>
        }
      >
        <Button size="small" icon={<QrcodeOutlined />} aria-expanded={isShown}>
          {words.qrCode}
        </Button>
      </Popover>
    </Flex>
  )
}
