import { DiffOutlined } from '@ant-design/icons'
import { Button, Flex, Typography, theme as themes } from 'antd'
import { useState } from 'react'
import type { SignatureVersion } from '../../client/sign.ts'
import type { Step } from '../../signature/steps.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { Comparison } from './comparison.tsx'
import { texts } from './texts.ts'

/** Maximum displayed characters of a step; Copy copies all of it. */
const shownMax = 20_000

/** One step of a signature, with a field to paste another program's result. */
export function SignatureStep(props: {
  readonly number: number
  readonly step: Step
  readonly version: SignatureVersion
  readonly fresh: { readonly nonce: string; readonly time: string }
  readonly adopt: (nonce: string | undefined, time: string | undefined) => void
}) {
  const { number, step, version, fresh, adopt } = props
  const words = useTexts(texts)
  const { token } = themes.useToken()
  const [isComparing, setComparing] = useState(false)
  const isV3 = version === 'v3'
  const [title, about] =
    isV3 && step.name === 'stringToSign'
      ? words.steps.stringToSignV3
      : isV3 && step.name === 'signature'
        ? words.steps.signatureV3
        : words.steps[step.name]
  return (
    <section aria-label={title}>
      <Flex wrap justify="space-between" align="center" gap={8}>
        <Typography.Title level={3} style={{ fontSize: 15, margin: 0 }}>
          {number}. {title}
        </Typography.Title>
        <Flex gap={8}>
          <CopyButton text={step.text} what={title} />
          <Button
            size="small"
            icon={<DiffOutlined />}
            aria-expanded={isComparing}
            aria-label={`${words.compare}: ${title}`}
            onClick={() => setComparing(!isComparing)}
          >
            {words.compare}
          </Button>
        </Flex>
      </Flex>
      <Typography.Paragraph type="secondary" style={{ fontSize: 13, margin: '2px 0 6px' }}>
        {about}
      </Typography.Paragraph>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <pre className="mono step-text" tabIndex={0} style={{ background: token.colorFillTertiary }}>
        {step.text === '' ? words.empty : step.text.slice(0, shownMax)}
        {step.text.length > shownMax && `\n${words.cut(step.text.length - shownMax)}`}
      </pre>
      {isComparing && <Comparison title={title} step={step} fresh={fresh} adopt={adopt} />}
    </section>
  )
}
