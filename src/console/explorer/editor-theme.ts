import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The console's greys, since CodeMirror can't read Ant Design's tokens. */
const palette = {
  light: {
    text: '#1f1f1f',
    back: '#fafafa',
    line: '#d9d9d9',
    dim: '#6b6b6b',
    mark: '#ffe58f',
    selected: '#bae0ff',
  },
  dark: {
    text: '#e3e3e3',
    back: '#1a1a1a',
    line: '#424242',
    dim: '#9a9a9a',
    mark: '#594214',
    selected: '#15417e',
  },
}

export function editorTheme(isDark: boolean, maxHeight: number) {
  const { text, back, line, dim, mark, selected } = palette[isDark ? 'dark' : 'light']
  return EditorView.theme(
    {
      '&': {
        color: text,
        backgroundColor: back,
        border: `1px solid ${line}`,
        borderRadius: '6px',
        maxHeight: `${maxHeight}px`,
        fontSize: '12.5px',
      },
      '&.cm-focused': { outline: '2px solid #1668dc' },
      '.cm-scroller': {
        fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
        lineHeight: '1.55',
        overflow: 'auto',
      },
      '.cm-gutters': { color: dim, backgroundColor: back, border: 'none' },
      '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
        backgroundColor: `${selected} !important`,
      },
      '.cm-searchMatch': { backgroundColor: mark },
      '.cm-panels': { color: text, backgroundColor: back, borderColor: line },
      '.cm-panels button, .cm-panels input': { font: 'inherit' },
      '.cm-textfield': { color: text, backgroundColor: 'transparent', borderColor: line },
      '.cm-button': {
        color: text,
        backgroundImage: 'none',
        backgroundColor: 'transparent',
        borderColor: line,
      },
      '.cm-foldPlaceholder': { color: text, backgroundColor: 'transparent', borderColor: line },
    },
    { dark: isDark },
  )
}

/** Each colour has a contrast of at least 4.5 on the palette's background. */
export function colours(isDark: boolean): HighlightStyle {
  const [keyword, string, number, name, comment] = isDark
    ? ['#c792ea', '#a5d6a7', '#f5b971', '#7cc4fa', '#9a9a9a']
    : ['#7a1fa2', '#1b6e34', '#9a4a00', '#0b56b3', '#6b6b6b']
  return HighlightStyle.define([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: keyword! },
    { tag: [tags.string, tags.special(tags.string), tags.character, tags.regexp], color: string! },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: number! },
    {
      tag: [
        tags.propertyName,
        tags.tagName,
        tags.attributeName,
        tags.typeName,
        tags.className,
        tags.definition(tags.name),
      ],
      color: name!,
    },
    { tag: [tags.comment, tags.meta, tags.processingInstruction], color: comment! },
  ])
}
