import { Alert, Button, Input, Typography, theme as themes } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { unseen } from '../../samples/literals.ts'
import { type Difference, type Excerpt, firstDifference } from '../../signature/difference.ts'
import { readPasted } from '../../signature/pasted.ts'
import type { Step } from '../../signature/steps.ts'
import { useTexts } from '../shell/language.tsx'
import { inWords } from './reasons.ts'
import { texts } from './texts.ts'

/** Compares another program's result of a step with ours. */
export function Comparison(props: {
  readonly title: string
  readonly step: Step
  readonly fresh: { readonly nonce: string; readonly time: string }
  readonly adopt: (nonce: string | undefined, time: string | undefined) => void
}) {
  const { title, step, fresh, adopt } = props
  const words = useTexts(texts)
  const [text, setText] = useState('')
  const [hadCrLf, setHadCrLf] = useState(false)
  const settled = useDeferredValue(text)
  const difference = useMemo(
    () => (settled === '' ? undefined : firstDifference(step.text, settled, step.mistaken)),
    [step, settled],
  )
  const theirs = useMemo(() => freshIn(settled), [settled])
  const isOther =
    (theirs.nonce !== undefined && theirs.nonce !== fresh.nonce) ||
    (theirs.time !== undefined && theirs.time !== fresh.time && !Number.isNaN(Date.parse(theirs.time)))
  return (
    <div style={{ marginTop: 8 }}>
      <Input.TextArea
        aria-label={words.compareLabel(title)}
        placeholder={words.comparePlaceholder}
        className="mono"
        style={{ fontSize: 12.5 }}
        rows={4}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        // The field itself converts line ends to LF.
        onPaste={(event) => setHadCrLf(event.clipboardData.getData('text/plain').includes('\r\n'))}
      />
      <div aria-live="polite" style={{ marginTop: 8 }}>
        {settled !== '' && difference === undefined && (
          <Alert
            type="success"
            showIcon
            title={words.same}
            {...(hadCrLf && { description: words.whoseLineEnds })}
          />
        )}
        {difference !== undefined && (
          <Alert
            type="warning"
            showIcon
            title={words.differs(difference.byte, difference.line, difference.column)}
            description={<Places difference={difference} />}
            action={
              isOther && (
                <Button size="small" onClick={() => adopt(theirs.nonce, theirs.time)}>
                  {words.adopt}
                </Button>
              )
            }
          />
        )}
      </div>
    </div>
  )
}

function Places({ difference: { ours, theirs, reason } }: { readonly difference: Difference }) {
  const words = useTexts(texts)
  return (
    <>
      <Line label={words.ours} excerpt={ours} />
      <Line label={words.theirs} excerpt={theirs} />
      <Typography.Paragraph style={{ margin: '6px 0 0' }}>
        {reason === undefined ? words.noReason : `${words.likely} ${inWords(reason, words.reasons)}`}
      </Typography.Paragraph>
    </>
  )
}

const signs: Readonly<Record<string, string>> = { '\r': '␍', '\n': '⏎', '\t': '⇥', ' ': '␣' }

/** Makes white space and other invisible characters visible. */
const seen = (text: string) =>
  text
    .replaceAll(' ', signs[' ']!)
    .replace(unseen, (c) => signs[c] ?? `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`)

function Line({
  label,
  excerpt: { before, at, after },
}: {
  readonly label: string
  readonly excerpt: Excerpt
}) {
  const words = useTexts(texts)
  const { token } = themes.useToken()
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <Typography.Text style={{ minWidth: 44 }}>{label}</Typography.Text>
      <span className="mono" style={{ fontSize: 12.5, overflowWrap: 'anywhere' }}>
        {seen(before)}
        <mark style={{ background: token.colorError, color: '#fff', padding: '0 2px', borderRadius: 2 }}>
          {at === '' ? words.ended : seen(at)}
        </mark>
        {seen(after)}
      </span>
    </div>
  )
}

/** Returns the nonce and time with which a pasted text was signed. */
function freshIn(text: string): { readonly nonce?: string | undefined; readonly time?: string | undefined } {
  const pasted = readPasted(text)
  if (pasted === undefined) return {}
  const parameters = new Map(pasted.parameters)
  return {
    nonce: parameters.get('SignatureNonce') ?? pasted.headers.get('x-acs-signature-nonce'),
    time: parameters.get('Timestamp') ?? pasted.headers.get('x-acs-date'),
  }
}
