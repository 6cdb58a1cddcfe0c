import type { PaginationProps } from 'antd'
import { cloneElement, isValidElement, type ReactElement } from 'react'
import { type Texts, useTexts } from './language.tsx'

const texts: Texts<{ readonly prev: string; readonly next: string }> = {
  en: { prev: 'Previous page', next: 'Next page' },
  zh: { prev: '上一页', next: '下一页' },
}

/** For a pagination's `itemRender`: labels the step buttons, whose names Ant Design puts on their parents. */
export function usePageSteps(): NonNullable<PaginationProps['itemRender']> {
  const words = useTexts(texts)
  return (_, type, button) =>
    (type === 'prev' || type === 'next') && isValidElement(button)
      ? cloneElement(button as ReactElement<React.AriaAttributes>, { 'aria-label': words[type] })
      : button
}
