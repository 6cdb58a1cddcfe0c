import { useEffect, useState } from 'react'

/**
 * Restores the previous focus, or focuses the page, when a dialog unmounts: Ant Design does so when a dialog
 * closes, but not if it is mounted only while it is open.
 */
export function useRestoreFocus(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // After the dialog is gone; a focus set elsewhere by then is kept.
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        if (opener instanceof HTMLElement) opener.focus()
        // The element that opened the dialog may be gone too.
        if (document.activeElement === document.body)
          document.getElementById('content')?.focus({ preventScroll: true })
      })
    },
    [opener],
  )
}
