import { Typography } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { useTheme } from '../shell/theme.tsx'
import { texts } from './texts.ts'

/** A parameter's name, its type, and whether it is required. */
export function FieldTitle({
  name,
  type,
  isRequired,
}: {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
}) {
  const words = useTexts(texts)
  const { isDark } = useTheme()
  return (
    <>
      <span className="mono" style={{ fontWeight: 600 }}>
        {name}
      </span>{' '}
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {type}
        {isRequired && <span style={{ color: isDark ? '#ff9c94' : '#b42318' }}> · {words.required}</span>}
      </Typography.Text>
    </>
  )
}
