import { useEffect, useState } from 'react'

/**
 * Gives the focus back to what had it when a dialog came, or to the page where that is gone, as it goes: Ant Design does
 * so where a dialog closes, not where it is there only while it is open.
 */
export function useRestoreFocus(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // When the dialog is gone; who has put the focus elsewhere by then keeps it there.
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        if (opener instanceof HTMLElement) opener.focus()
        // What was opened on a device, say, is gone with the device.
        if (document.activeElement === document.body)
          document.getElementById('content')?.focus({ preventScroll: true })
      })
    },
    [opener],
  )
}
