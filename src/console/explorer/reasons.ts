import type { Reason } from '../../signature/mistakes.ts'

export type ReasonKind = Reason['kind']

/** Formats a reason in words. */
export function inWords(reason: Reason, words: { readonly [K in ReasonKind]: string }): string {
  return 'names' in reason ? `${words[reason.kind]} ${reason.names.join(', ')}` : words[reason.kind]
}
