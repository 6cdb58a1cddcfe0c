import { Input, type InputRef, Modal, Tag, Typography, theme as themes } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { en } from '../texts/en/shell-palette.ts'
import { zh } from '../texts/zh/shell-palette.ts'
import { type Texts, useTexts } from './language.tsx'
import { type Target, useTargets } from './palette-targets.ts'
import { useRestoreFocus } from './restore-focus.ts'

const texts: Texts<typeof en> = { en, zh }

/** Finds a page, product, device, batch, call or operation by what a user types, and goes there. */
export function Palette({ close }: { readonly close: () => void }) {
  useRestoreFocus()
  const words = useTexts(texts)
  const [, go] = useLocation()
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const { targets, isLoading } = useTargets(useDeferredValue(typed.trim()))
  const current = Math.min(marked, targets.length - 1)
  const input = useRef<InputRef>(null)
  useEffect(() => {
    document.getElementById(optionId(current))?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function open({ to }: Target) {
    close()
    go(to)
  }

  function press(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && targets.length > 0)
      setMarked((current + step + targets.length) % targets.length)
    else if (event.key === 'Enter' && targets[current] !== undefined) open(targets[current])
    else return
    event.preventDefault()
  }

  return (
    <Modal
      open
      onCancel={close}
      footer={null}
      closable={false}
      title={<span className="unseen">{words.title}</span>}
      width={640}
      afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
      styles={{ header: { margin: 0 } }}
    >
      <Input
        ref={input}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setMarked(0)
        }}
        onKeyDown={press}
        placeholder={words.placeholder}
        role="combobox"
        aria-label={words.placeholder}
        aria-expanded
        aria-controls="palette-targets"
        aria-activedescendant={targets.length === 0 ? undefined : optionId(current)}
        size="large"
        spellCheck={false}
      />
      <div id="palette-targets" role="listbox" aria-label={words.results} className="palette">
        {targets.map((target, at) => (
          <Option
            key={`${target.kind} ${target.to} ${target.label}`}
            id={optionId(at)}
            target={target}
            kind={words.kinds[target.kind]}
            isMarked={at === current}
            mark={() => setMarked(at)}
            open={() => open(target)}
          />
        ))}
      </div>
      <Typography.Text type="secondary" role="status">
        {isLoading ? words.loading : targets.length === 0 ? words.none : words.keys}
      </Typography.Text>
    </Modal>
  )
}

const optionId = (at: number) => `palette-target-${at}`

function Option({
  id,
  target: { label, detail },
  kind,
  isMarked,
  mark,
  open,
}: {
  readonly id: string
  readonly target: Target
  readonly kind: string
  readonly isMarked: boolean
  readonly mark: () => void
  readonly open: () => void
}) {
  const { token } = themes.useToken()
  return (
    // The combobox keeps the focus and handles the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    // biome-ignore lint/a11y/useFocusableInteractive: see above.
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      style={isMarked ? { background: token.controlItemBgActive } : undefined}
      onMouseMove={mark}
      onClick={open}
    >
      <Tag>{kind}</Tag>
      <span>{label}</span>
      {detail !== undefined && <Typography.Text type="secondary">{detail}</Typography.Text>}
    </div>
  )
}
