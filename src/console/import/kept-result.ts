import type { LastResult } from './messages.ts'

/** Describes where a tab keeps what came of its last import: counts and names of its product, nothing of its rows. */
const keyOf = (account: string) => `rollcall import result ${account}`

export function keptResult(account: string): LastResult | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(account))
    return text === null ? undefined : JSON.parse(text)
  } catch {
    // A browser may keep nothing, and a test has no storage.
    return undefined
  }
}

export function keepResult(account: string, result: LastResult | undefined): void {
  try {
    if (result === undefined) sessionStorage.removeItem(keyOf(account))
    else sessionStorage.setItem(keyOf(account), JSON.stringify(result))
  } catch {
    // It is shown until the page is left, then.
  }
}
