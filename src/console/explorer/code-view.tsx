import { Spin } from 'antd'
import { lazy, Suspense } from 'react'
import type { EditorProps } from './editor.tsx'

/** CodeMirror is large: it comes when the first text is shown. */
const Editor = lazy(async () => ({ default: (await import('./editor.tsx')).Editor }))

/** A text with colours, to be read, searched and copied, of any size. */
export function CodeView(props: EditorProps) {
  return (
    <Suspense fallback={<Spin style={{ display: 'block', margin: 24 }} />}>
      <Editor {...props} />
    </Suspense>
  )
}
