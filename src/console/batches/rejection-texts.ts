import type { Texts } from '../shell/language.tsx'
import { zh } from '../texts/zh/batches-rejections.ts'

/** Translates an ErrorMsg, in which reasons are joined (wire-facts §5). */
export const rejectionTexts: Texts<(errorMsg: string) => string> = {
  en: (errorMsg) => errorMsg,
  zh: (errorMsg) =>
    errorMsg
      .split(' | ')
      .map((reason) => zh[reason] ?? reason)
      .join(''),
}
