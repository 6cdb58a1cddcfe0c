import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { en } from '../texts/en/shell-secret.ts'
import { zh } from '../texts/zh/shell-secret.ts'
import { CopyButton } from './copy-button.tsx'
import { type Texts, useTexts } from './language.tsx'

const texts: Texts<typeof en> = { en, zh }

/** Reveals nothing of a secret, not even its length. */
const mask = '•'.repeat(12)

/**
 * A secret, masked until the user reveals it; it can be copied without being displayed.
 * @param name its wire name, such as DeviceSecret
 */
export function Secret({ name, value }: { readonly name: string; readonly value: string }) {
  const words = useTexts(texts)
  // A different secret is masked again.
  const [shown, setShown] = useState<string>()
  const isShown = shown === value
  const doWhat = isShown ? words.hide(name) : words.show(name)
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, maxWidth: '100%' }}>
      <span className="mono" style={{ wordBreak: 'break-all' }}>
        {isShown ? (
          value
        ) : (
          <>
            <span aria-hidden="true">{mask}</span>
            <span className="unseen">{words.hidden(name)}</span>
          </>
        )}
      </span>
      <CopyButton text={value} what={name} bare />
      <Button
        type="text"
        size="small"
        icon={isShown ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        aria-label={doWhat}
        title={doWhat}
        onClick={() => setShown(isShown ? undefined : value)}
      />
    </span>
  )
}
