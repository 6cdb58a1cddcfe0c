import { useState, useSyncExternalStore } from 'react'
import { type Session, useSession } from '../shell/session.tsx'
import { Desk, type WorkerPort } from './import-controller.ts'
import type { State } from './model.ts'

let present: { readonly ended: AbortSignal; readonly desk: Desk } | undefined

/** The desk of whoever has signed in; it ends when they sign out, and not when the page is left. */
function deskOf({ accessKey, identity, ended }: Session): Desk {
  if (present?.ended === ended) return present.desk
  present?.desk.close()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'import' })
  const account = { id: identity.AccountId, name: identity.AccountName }
  const desk = new Desk(worker as WorkerPort, { accessKey, account })
  present = { ended, desk }
  ended.addEventListener('abort', () => {
    desk.close()
    if (present?.desk === desk) present = undefined
  })
  return desk
}

export function useDesk(): readonly [Desk, State] {
  const session = useSession()
  const [desk] = useState(() => deskOf(session))
  return [desk, useSyncExternalStore(desk.subscribe, desk.state)]
}
