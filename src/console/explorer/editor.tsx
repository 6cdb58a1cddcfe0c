import { SearchOutlined } from '@ant-design/icons'
import { foldGutter, foldKeymap, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { type Language as Tongue, useLanguage, useTexts } from '../shell/language.tsx'
import { nonce } from '../shell/nonce.ts'
import { useTheme } from '../shell/theme.tsx'
import { colours, editorTheme } from './editor-theme.ts'
import { type Highlight, highlighting } from './highlighting.ts'
import { texts } from './texts.ts'

export interface EditorProps {
  readonly text: string
  readonly highlight: Highlight
  /** Label for screen readers. */
  readonly label: string
  /** In pixels; scrolls beyond it. */
  readonly maxHeight: number
}

/** CodeMirror's own texts. */
const phrases: { readonly [L in Tongue]: Readonly<Record<string, string>> } = {
  en: {},
  zh: {
    Find: '查找',
    next: '下一个',
    previous: '上一个',
    all: '全部',
    'match case': '区分大小写',
    'by word': '全词',
    regexp: '正则',
    close: '关闭',
    'current match': '当前匹配',
    'on line': '行',
  },
}

export function Editor({ text, highlight, label, maxHeight }: EditorProps) {
  const { isDark } = useTheme()
  const { language } = useLanguage()
  const words = useTexts(texts)
  const shown = useRef<EditorView>(null)
  const parent = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const tongue = new Compartment()
    const view = new EditorView({
      parent: parent.current!,
      state: EditorState.create({ doc: text, extensions: [tongue.of([]), ...extensions(isDark)] }),
    })
    function extensions(isDark: boolean): Extension[] {
      return [
        lineNumbers(),
        foldGutter(),
        drawSelection(),
        search({ top: true }),
        highlightSelectionMatches(),
        keymap.of([...searchKeymap, ...foldKeymap]),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        EditorView.cspNonce.of(nonce),
        // Read-only, but focusable and scrollable by keyboard.
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label, 'aria-readonly': 'true' }),
        EditorState.phrases.of(phrases[language]),
        editorTheme(isDark, maxHeight),
        syntaxHighlighting(colours(isDark)),
      ]
    }
    shown.current = view
    let isGone = false
    void highlighting[highlight]().then((found) => {
      if (!isGone) view.dispatch({ effects: tongue.reconfigure(found) })
    })
    return () => {
      isGone = true
      view.destroy()
    }
  }, [text, highlight, label, maxHeight, isDark, language])

  return (
    <div style={{ position: 'relative' }}>
      <div ref={parent} />
      <Button
        type="text"
        size="small"
        icon={<SearchOutlined />}
        aria-label={words.searchIn}
        title={words.searchIn}
        style={{ position: 'absolute', top: 4, right: 20 }}
        onClick={() => shown.current && openSearchPanel(shown.current)}
      />
    </div>
  )
}
