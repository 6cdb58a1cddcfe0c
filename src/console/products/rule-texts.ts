import type { Texts } from '../shell/language.tsx'
import { en } from '../texts/en/products-rule.ts'
import { zh } from '../texts/zh/products-rule.ts'

/** The fields that the console checks before sending, by the rules in src/rules. */
export type Field =
  | 'ProductName'
  | 'Description'
  | 'ProtocolType'
  | 'DeviceName'
  | 'DeviceSecret'
  | 'Sn'
  | 'ImportedNickname'
  | 'RegisteredNickname'
  | 'ChangedNickname'
  | 'ProductTagKey'
  | 'ProductTagValue'
  | 'DeviceTagKey'
  | 'DeviceTagValue'

/** The rule of each field in words. */
export const texts: Texts<{
  readonly rules: { readonly [F in Field]: string }
  readonly mustBe: (rule: string) => string
}> = { en, zh }
