import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { type Texts, useTexts } from './language.tsx'
import { useRestoreFocus } from './restore-focus.ts'

const texts: Texts<{ readonly title: string; readonly keys: readonly (readonly [string, string])[] }> = {
  en: {
    title: 'Keyboard shortcuts',
    keys: [
      ['Ctrl+K', 'Go to a page, product, device, batch, call or operation'],
      ['?', 'Show this list'],
      ['Enter', 'Open the device whose name is typed in the search'],
      ['Esc', 'Close a dialog or a list'],
    ],
  },
  zh: {
    title: '键盘快捷键',
    keys: [
      ['Ctrl+K', '跳转到页面、产品、设备、批次、调用或操作'],
      ['?', '显示此列表'],
      ['Enter', '打开搜索框中输入的设备'],
      ['Esc', '关闭对话框或列表'],
    ],
  },
}

/** Shows the keyboard shortcuts when a user presses ? outside of a field. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const press = ({ key, target }: KeyboardEvent) => {
      const isField = target instanceof Element && target.closest('input, textarea, [contenteditable=true]')
      if (key === '?' && !isField) setOpen(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return isOpen ? <List close={() => setOpen(false)} /> : null
}

function List({ close }: { readonly close: () => void }) {
  useRestoreFocus()
  const { title, keys } = useTexts(texts)
  return (
    <Modal open title={title} footer={null} onCancel={close}>
      <dl className="shortcuts">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
