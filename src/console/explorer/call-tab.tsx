import { LoadingOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, type AlertRef, App, Button, Flex, Segmented, theme as themes } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type Fault, faultsIn } from '../../client/operations.ts'
import { randomId } from '../shell/connection.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { AnswerView } from './answer-view.tsx'
import { CopyLink } from './copy-link.tsx'
import { exampleOf } from './examples.ts'
import { emptyForm, parametersOf } from './form-model.ts'
import { ParameterForm } from './parameter-form.tsx'
import { callRaw, type RawAnswer } from './raw-call.ts'
import { needsInstance, useSuggestions } from './suggestions.ts'
import type { TabProps } from './tab-props.ts'
import { texts } from './texts.ts'

/** The result of the last call. */
type Outcome =
  | { readonly kind: 'answered'; readonly answer: RawAnswer }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'stopped' }

const faultsShown = 5

/** From this width on, the answer is beside the form (explorer.css). */
const besideWidth = '(min-width: 1440px)'

/** Height of the page header in pixels; sticky elements are placed below it. */
const headerHeight = 56

/** Ignores the second half of a double click on Call, which would otherwise stop the call or make another. */
const isSecondHalf = ({ detail }: { readonly detail: number }) => detail === 2

/** The form, the call button and the answer. */
export function CallTab({ operation, fields, forms, setFresh }: TabProps) {
  const words = useTexts(texts)
  const { token } = themes.useToken()
  const { modal } = App.useApp()
  const { accessKey } = useSession()
  const queries = useQueryClient()
  const { name, effect } = operation
  const state = forms.formOf(name)
  const change = (next: typeof state) => {
    setFaults([])
    forms.change(name, next)
  }
  const suggestions = useSuggestions(operation, state.singles.IotInstanceId ?? '')
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [outcome, setOutcome] = useState<Outcome>()
  const [running, setRunning] = useState<AbortController>()
  const form = useRef<HTMLElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const complaint = useRef<AlertRef>(null)
  const latest = useRef(running)
  latest.current = running
  useEffect(() => () => latest.current?.abort(), [])
  useEffect(() => {
    if (faults.length > 0) complaint.current?.nativeElement.scrollIntoView({ block: 'nearest' })
  }, [faults])
  useEffect(() => {
    // Does not scroll while the user fills in the form.
    if (matchMedia(besideWidth).matches) return
    if (outcome !== undefined && !form.current?.contains(document.activeElement))
      bar.current?.scrollIntoView({ block: 'start' })
  }, [outcome])

  async function call(parameters: Readonly<Record<string, string>>) {
    const signal = new AbortController()
    const fresh = { nonce: randomId(), now: Date.now() }
    setFaults([])
    setFresh(fresh)
    setRunning(signal)
    try {
      const { signature, format } = forms
      const answer = await callRaw(
        { operation, parameters, signature, format },
        accessKey,
        fresh,
        signal.signal,
      )
      setOutcome({ kind: 'answered', answer })
    } catch (error) {
      setOutcome(signal.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', error })
    } finally {
      setRunning(undefined)
      // Other pages may display what it has changed.
      if (effect !== 'read') void queries.invalidateQueries()
    }
  }

  function callUnlessFaulty(isSure: boolean) {
    const parameters = parametersOf(fields, state)
    const found = isSure ? [] : faultsIn(operation, parameters)
    if (found.length > 0) return setFaults(found)
    if (effect !== 'destroy') return void call(parameters)
    modal.confirm({
      title: words.sure(name),
      content: words.sureWhy,
      okText: words.call,
      okButtonProps: { danger: true },
      cancelText: words.cancel,
      onOk: () => void call(parameters),
    })
  }

  function loadExample() {
    const { IotInstanceId, ProductKey } = state.singles
    const [instance, product] = [suggestions.IotInstanceId?.[0]?.value, suggestions.ProductKey?.[0]?.value]
    const known =
      !IotInstanceId && needsInstance(operation)
        ? // A product that was given is none of this instance.
          { IotInstanceId: instance, ProductKey: product }
        : { IotInstanceId, ProductKey: ProductKey || product }
    change(exampleOf(operation, known))
  }

  return (
    <div className="call-tab">
      <section ref={form} aria-label={words.parameters}>
        {fields.length > 0 && (
          <Flex gap={8} style={{ marginBottom: 12 }}>
            <CopyLink action={name} parameters={parametersOf(fields, state)} />
            <Button size="small" onClick={loadExample}>
              {words.example}
            </Button>
            <Button
              size="small"
              onClick={() =>
                // Fields are emptied one by one, including those shared with other operations.
                change({ ...emptyForm, singles: Object.fromEntries(fields.map(({ name }) => [name, ''])) })
              }
            >
              {words.clear}
            </Button>
          </Flex>
        )}
        <ParameterForm fields={fields} state={state} suggestions={suggestions} change={change} />
      </section>
      {faults.length > 0 && (
        <Alert
          ref={complaint}
          type="warning"
          role="alert"
          style={{ scrollMarginBottom: 72 }}
          title={words.faults}
          description={
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {faults.slice(0, faultsShown).map(({ name, kind }) => (
                <li key={name + kind}>{kind === 'unknown' ? name : words[kind](name)}</li>
              ))}
              {faults.length > faultsShown && <li>{words.moreFaults(faults.length - faultsShown)}</li>}
            </ul>
          }
          action={
            <Button size="small" onClick={() => callUnlessFaulty(true)}>
              {words.callAnyway}
            </Button>
          }
        />
      )}
      <Flex
        ref={bar}
        // Holding the key down would alternately call and stop.
        onKeyDown={(event) => event.repeat && event.key === 'Enter' && event.preventDefault()}
        wrap
        gap={12}
        align="center"
        style={{
          position: 'sticky',
          top: headerHeight,
          bottom: 0,
          scrollMarginTop: headerHeight,
          zIndex: 2,
          padding: '10px 0',
          background: token.colorBgLayout,
          borderTop: `1px solid ${token.colorBorderSecondary}`,
        }}
      >
        {running === undefined ? (
          <Button
            type="primary"
            danger={effect === 'destroy'}
            onClick={(event) => !isSecondHalf(event) && callUnlessFaulty(false)}
          >
            {words.call}
          </Button>
        ) : (
          <Button icon={<LoadingOutlined />} onClick={(event) => !isSecondHalf(event) && running.abort()}>
            {words.stop}
          </Button>
        )}
        <Segmented
          aria-label={words.signatureVersion}
          options={[
            { value: 'v3', label: 'V3' },
            { value: 'v1', label: 'V1' },
          ]}
          value={forms.signature}
          onChange={(value) => forms.chooseSignature(value as 'v1' | 'v3')}
        />
        <Segmented
          aria-label={words.answerFormat}
          options={['JSON', 'XML']}
          value={forms.format}
          onChange={(value) => forms.chooseFormat(value as 'JSON' | 'XML')}
        />
      </Flex>
      <section
        aria-label={words.answer}
        aria-live="polite"
        className="call-answer"
        style={{ minHeight: outcome === undefined ? 0 : 'calc(100vh - 180px)' }}
      >
        {outcome?.kind === 'answered' && <AnswerView answer={outcome.answer} />}
        {outcome?.kind === 'failed' && <Problem error={outcome.error} mayBeDone={effect !== 'read'} />}
        {outcome?.kind === 'stopped' && <Alert type="info" showIcon title={words.stopped} />}
      </section>
    </div>
  )
}
