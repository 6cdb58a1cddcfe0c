import { ReloadOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Segmented, Typography } from 'antd'
import { useId, useMemo, useState } from 'react'
import { explain } from '../../client/explain.ts'
import { endpoint, randomId } from '../shell/connection.ts'
import { hashes } from '../shell/hashes.ts'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { parametersOf } from './form-model.ts'
import { SignatureStep } from './signature-step.tsx'
import type { TabProps } from './tab-props.ts'
import { texts } from './texts.ts'

const timeText = (now: number) => `${new Date(now).toISOString().slice(0, 19)}Z`

/** The steps of the signature of the call in the form. */
export function SignatureTab({ operation, fields, forms, fresh, setFresh }: TabProps) {
  const words = useTexts(texts)
  const { accessKey } = useSession()
  const id = useId()
  const { name: action, version } = operation
  const { signature, format } = forms
  const [time, setTime] = useState(() => timeText(fresh.now))
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) && !Number.isNaN(Date.parse(time))
  // Computed once per visit to the tab: the form can't change while the tab is displayed.
  const [parameters] = useState(() => parametersOf(fields, forms.formOf(action)))
  const steps = useMemo(
    () =>
      explain(
        signature,
        new URL(endpoint).host,
        { action, version, parameters, format },
        accessKey,
        fresh,
        hashes,
      ),
    [signature, action, version, parameters, format, accessKey, fresh],
  )

  function choose(nonce: string, time: string) {
    setTime(time)
    const now = Date.parse(time)
    setFresh({ nonce, now: Number.isNaN(now) ? fresh.now : now })
  }

  return (
    <Flex vertical gap={16}>
      <Typography.Text type="secondary">{words.signatureAbout}</Typography.Text>
      <Flex wrap gap={12} align="end">
        <Segmented
          aria-label={words.signatureVersion}
          options={[
            { value: 'v3', label: 'V3' },
            { value: 'v1', label: 'V1' },
          ]}
          value={signature}
          onChange={(value) => forms.chooseSignature(value as 'v1' | 'v3')}
        />
        <div style={{ flex: '1 1 260px' }}>
          <label htmlFor={`${id}-nonce`}>{words.nonce}</label>
          <Input
            id={`${id}-nonce`}
            className="mono"
            spellCheck={false}
            value={fresh.nonce}
            onChange={(event) => setFresh({ ...fresh, nonce: event.target.value })}
          />
        </div>
        <div style={{ flex: '0 1 230px' }}>
          <label htmlFor={`${id}-time`}>{words.time}</label>
          <Input
            id={`${id}-time`}
            className="mono"
            spellCheck={false}
            value={time}
            {...(!isTime && { status: 'error', title: words.badTime })}
            onChange={(event) => choose(fresh.nonce, event.target.value)}
          />
        </div>
        <Button icon={<ReloadOutlined />} onClick={() => choose(randomId(), timeText(Date.now()))}>
          {words.drawAgain}
        </Button>
      </Flex>
      {steps.map((step, i) => (
        <SignatureStep
          key={step.name}
          number={i + 1}
          step={step}
          version={signature}
          adopt={(nonce, time) => choose(nonce ?? fresh.nonce, time ?? timeText(fresh.now))}
          fresh={{ nonce: fresh.nonce, time: timeText(fresh.now) }}
        />
      ))}
    </Flex>
  )
}
