import { theme as themes } from 'antd'

/** A text as it stands in a file, a terminal or a message. */
export function CodeBlock({ text }: { readonly text: string }) {
  const { token } = themes.useToken()
  return (
    <pre
      className="mono"
      style={{
        margin: 0,
        padding: '8px 12px',
        maxWidth: '100%',
        borderRadius: token.borderRadius,
        background: token.colorFillQuaternary,
        whiteSpace: 'pre-wrap',
        wordBreak: 'break-all',
      }}
    >
      {text}
    </pre>
  )
}
