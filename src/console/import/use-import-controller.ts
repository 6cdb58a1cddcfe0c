import { useState, useSyncExternalStore } from 'react'
import { type Session, useSession } from '../shell/session.tsx'
import { ImportController, type WorkerPort } from './import-controller.ts'
import type { State } from './model.ts'

let present: { readonly ended: AbortSignal; readonly controller: ImportController } | undefined

/** The session's import controller; it ends at sign-out, not when the user leaves the page. */
function controllerFor({ accessKey, identity, ended }: Session): ImportController {
  if (present?.ended === ended) return present.controller
  present?.controller.close()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'import' })
  const account = { id: identity.AccountId, name: identity.AccountName }
  const controller = new ImportController(worker as WorkerPort, { accessKey, account })
  present = { ended, controller }
  ended.addEventListener('abort', () => {
    controller.close()
    if (present?.controller === controller) present = undefined
  })
  return controller
}

export function useImportController(): readonly [ImportController, State] {
  const session = useSession()
  const [controller] = useState(() => controllerFor(session))
  return [controller, useSyncExternalStore(controller.subscribe, controller.state)]
}
