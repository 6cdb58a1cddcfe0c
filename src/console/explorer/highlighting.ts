import { StreamLanguage } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import type { Language } from '../../samples/languages.ts'

export type Highlight = Language['highlight'] | 'json' | 'xml'

/** Each language's grammar is loaded on first use. */
export const highlighting: { readonly [H in Highlight]: () => Promise<Extension> } = {
  json: async () => (await import('@codemirror/lang-json')).json(),
  xml: async () => (await import('@codemirror/lang-xml')).xml(),
  javascript: async () => (await import('@codemirror/lang-javascript')).javascript(),
  typescript: async () => (await import('@codemirror/lang-javascript')).javascript({ typescript: true }),
  python: async () => (await import('@codemirror/lang-python')).python(),
  java: async () => (await import('@codemirror/lang-java')).java(),
  go: async () => (await import('@codemirror/lang-go')).go(),
  php: async () => (await import('@codemirror/lang-php')).php(),
  csharp: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/clike')).csharp),
  shell: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/shell')).shell),
}
