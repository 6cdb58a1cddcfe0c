/** Values that the browser keeps; where it keeps nothing (a private window may refuse), they last as long as the page. */
export interface ValueStore {
  read(key: string): string | undefined
  /** @param value undefined forgets it */
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

/** Until the browser's data is cleared. */
export const localValues: ValueStore = valueStore(() => localStorage)
/** Until the tab is closed; a reload keeps it. */
export const tabValues: ValueStore = valueStore(() => sessionStorage)
