import { Spin } from 'antd'
import { lazy, Suspense } from 'react'
import type { EditorProps } from './editor.tsx'

/** CodeMirror is large, so it is loaded with the first text. */
const Editor = lazy(async () => ({ default: (await import('./editor.tsx')).Editor }))

/** A read-only text of any size with syntax colours, search and copy. */
export function CodeView(props: EditorProps) {
  return (
    <Suspense fallback={<Spin style={{ display: 'block', margin: 24 }} />}>
      <Editor {...props} />
    </Suspense>
  )
}
