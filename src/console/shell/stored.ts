/**
 * Values stored by the browser; if it stores nothing (as some private windows), they last as long as the page.
 */
export interface ValueStore {
  read(key: string): string | undefined
  /** @param value undefined deletes it */
  write(key: string, value: string | undefined): void
}

function valueStore(storage: () => Storage): ValueStore {
  return {
    read(key) {
      try {
        return storage().getItem(key) ?? undefined
      } catch {
        return undefined
      }
    },
    write(key, value) {
      try {
        if (value === undefined) storage().removeItem(key)
        else storage().setItem(key, value)
      } catch {}
    },
  }
}

/** Kept until the browser's data is cleared. */
export const localValues: ValueStore = valueStore(() => localStorage)
/** Kept until the tab is closed, also across reloads. */
export const tabValues: ValueStore = valueStore(() => sessionStorage)
