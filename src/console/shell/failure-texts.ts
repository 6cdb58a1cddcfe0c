import { zh } from '../texts/zh/shell-failures.ts'
import type { Texts } from './language.tsx'

/**
 * The meaning of an operation's failure, by its code. In English the console shows the server's own message; in another
 * language that message stands below the text, because it contains the faulty value.
 */
export const failureTexts: Texts<{ readonly [code: string]: string }> = { en: {}, zh }
