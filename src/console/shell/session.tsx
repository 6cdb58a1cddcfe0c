import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Client } from '../../client/client.ts'
import type { AccessKey } from '../../client/sign.ts'
import { permits } from '../../lib/permissions.ts'
import { connect, operations } from './connection.ts'
import { sendUntil } from './sending.ts'
import { tabValues } from './stored.ts'

/** Who signed in, as GetCallerIdentity tells. */
export interface Identity {
  readonly AccountId: string
  readonly AccountName: string
  readonly IdentityType: 'Account' | 'RAMUser'
  readonly UserName?: string
  /** Patterns such as iot:Query*; absent: everything. */
  readonly AllowedActions?: { readonly Action: readonly string[] }
}

/** Somebody who signed in. */
export interface Session {
  readonly accessKey: AccessKey
  readonly identity: Identity
  /** For what somebody waits for: tells soon that the quota has no room. */
  readonly client: Client
  /** For what is done page by page in the background of a dialog: waits for the quota as long as it takes. */
  readonly patientClient: Client
  /** Whether the key may call an operation. */
  may(action: string): boolean
  /** Aborts when they sign out: what works on behind the pages ends then. */
  readonly ended: AbortSignal
  signOut(): void
}

const Context = createContext<Session | undefined>(undefined)

/** The session of whoever signed in; what is inside the frame has one. */
export function useSession(): Session {
  const session = useContext(Context)
  if (session === undefined) throw new Error('nobody has signed in')
  return session
}

const key = 'rollcall.access-key'

/** The key that was kept in the tab's session storage, if that was wanted. */
export function storedKey(): AccessKey | undefined {
  const text = tabValues.read(key)
  if (text === undefined) return undefined
  try {
    const { id, secret } = JSON.parse(text)
    return typeof id === 'string' && typeof secret === 'string' ? { id, secret } : undefined
  } catch {
    return undefined
  }
}

const callersOf = new Map(operations.map(({ name, callers }) => [name, callers]))

/** Whether an operation takes the account's own key, whatever a RAM user's patterns say. */
export const isOfAccountsOnly = (action: string): boolean => callersOf.get(action) === 'account'

/** Whether whoever is signed in may call an operation, as far as the catalogue and their patterns tell. */
const mayCall = ({ IdentityType, AllowedActions }: Identity, action: string): boolean =>
  IdentityType === 'Account' ||
  callersOf.get(action) === 'everyone' ||
  (!isOfAccountsOnly(action) && permits(AllowedActions?.Action, action))

/** Forgets the key that was kept in the tab. */
export const forgetKey = (): void => tabValues.write(key, undefined)

/** How long somebody waits for the quota before they are told that it has no room, in milliseconds. */
const patienceMs = 5000

/**
 * Asks the server who a key is.
 * @throws Refused where it is wrong, Unreachable
 */
export async function identify(accessKey: AccessKey): Promise<Identity> {
  const answer = await connect(accessKey, { tries: 2, patienceMs }).call('GetCallerIdentity', {})
  return answer.Data
}

/** How long what a key may do is taken for true, in milliseconds: asking counts against the quota. */
const knownMs = 5000

/** Whether the Code of an answer says that the key may not do what it was to do. */
export const isDenial = (code: string): boolean => /PermissionDeny|^Forbidden|^NoPermission/.test(code)

const ReportCode = createContext<(code: string) => void>(() => {})

/** To be told the Code of each no: one that denies means that the key may do something else than was known. */
export const useReportCode = (): ((code: string) => void) => useContext(ReportCode)

/** Asks again what the key may do, when the page is seen again and when something is denied. */
export function PermissionsProvider({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  const queries = useQueryClient()
  const { accessKey } = session
  const asking = useMemo(
    () => ({
      queryKey: ['GetCallerIdentity', accessKey.id],
      queryFn: () => identify(accessKey),
      staleTime: knownMs,
    }),
    [accessKey],
  )
  const { data: identity } = useQuery({
    ...asking,
    initialData: session.identity,
    initialDataUpdatedAt: 0,
    refetchOnMount: false,
  })
  const informed = useMemo<Session>(
    () => ({ ...session, identity, may: (action) => mayCall(identity, action) }),
    [session, identity],
  )
  const reportCode = useMemo(
    () => (code: string) => {
      if (isDenial(code)) queries.fetchQuery(asking).catch(() => {})
    },
    [queries, asking],
  )
  return (
    <Context value={informed}>
      <ReportCode value={reportCode}>{children}</ReportCode>
    </Context>
  )
}

/**
 * Holds the session: in memory, and in the tab's session storage where that was wanted.
 * @param entrance what is shown to whoever has not signed in
 */
export function SessionProvider(props: {
  readonly entrance: (enter: (accessKey: AccessKey, identity: Identity, keep: boolean) => void) => ReactNode
  readonly children: ReactNode
}) {
  const [caller, setCaller] = useState<{ readonly accessKey: AccessKey; readonly identity: Identity }>()
  const session = useMemo<Session | undefined>(() => {
    if (caller === undefined) return undefined
    const { accessKey, identity } = caller
    const end = new AbortController()
    const send = sendUntil(end.signal)
    return {
      accessKey,
      identity,
      client: connect(accessKey, { send, patienceMs, tries: 2 }),
      patientClient: connect(accessKey, { send }),
      may: (action) => mayCall(identity, action),
      ended: end.signal,
      signOut() {
        end.abort()
        forgetKey()
        // Whoever comes next has no business with what was open.
        history.replaceState(null, '', '#/')
        setCaller(undefined)
      },
    }
  }, [caller])
  if (session === undefined)
    return props.entrance((accessKey, identity, keep) => {
      tabValues.write(key, keep ? JSON.stringify(accessKey) : undefined)
      setCaller({ accessKey, identity })
    })
  return <Context value={session}>{props.children}</Context>
}
