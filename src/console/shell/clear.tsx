import { CloseCircleFilled } from '@ant-design/icons'
import { type Texts, useTexts } from './language.tsx'

const texts: Texts<{ readonly clear: string }> = { en: { clear: 'Clear' }, zh: { clear: '清除' } }

/** For a field's `allowClear`: Ant Design labels its button in English only. */
export function useClearButton() {
  const { clear } = useTexts(texts)
  return { clearIcon: <CloseCircleFilled aria-label={clear} />, label: clear }
}
