import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Client } from '../../client/client.ts'
import type { AnswerOf } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { permits } from '../../lib/permissions.ts'
import { forgetAddresses } from './address.ts'
import { connect, operations } from './connection.ts'
import { isDenial } from './describe-error.ts'
import { sendUntil } from './sending.ts'
import { forgetKey } from './stored-key.ts'

/** The signed-in identity, as GetCallerIdentity returns it. */
export type Identity = AnswerOf<'GetCallerIdentity'>['Data']

/** The identity of the signed-in user. */
export interface Session {
  readonly accessKey: AccessKey
  readonly identity: Identity
  /** For calls that a user waits for: reports a used-up quota soon. */
  readonly client: Client
  /** For background work of dialogs: waits for the quota as long as it takes. */
  readonly patientClient: Client
  /** Returns true if the key may call an operation. */
  may(action: string): boolean
  /** Aborts at sign-out, to stop background work. */
  readonly ended: AbortSignal
  signOut(): void
}

const Context = createContext<Session | undefined>(undefined)

/** The session of the signed-in user; every component inside the frame has one. */
export function useSession(): Session {
  const session = useContext(Context)
  if (session === undefined) throw new Error('nobody has signed in')
  return session
}

const callersOf = new Map(operations.map(({ name, callers }) => [name, callers]))

/** Reports whether an operation requires the account's own key, whatever a RAM user's patterns are. */
export const isOfAccountsOnly = (action: string): boolean => callersOf.get(action) === 'account'

/** Reports whether the user may call an operation, by the catalogue and the user's patterns. */
const mayCall = ({ IdentityType, AllowedActions }: Identity, action: string): boolean =>
  IdentityType === 'Account' ||
  callersOf.get(action) === 'everyone' ||
  (!isOfAccountsOnly(action) && permits(AllowedActions?.Action, action))

/** The time in milliseconds after which a user who waits for the quota sees that it is used up. */
const patienceMs = 5000

/**
 * Asks the server for a key's identity.
 * @throws Refused if it is wrong, Unreachable
 */
export async function identify(accessKey: AccessKey): Promise<Identity> {
  const answer = await connect(accessKey, { tries: 2, patienceMs }).call('GetCallerIdentity', {})
  return answer.Data
}

/** How long the permissions of a key are cached, in milliseconds: asking counts against the quota. */
const knownMs = 5000

const ReportCode = createContext<(code: string) => void>(() => {})

/** Reports the Code of each error; a denial means that the key's permissions have changed. */
export const useReportCode = (): ((code: string) => void) => useContext(ReportCode)

/** Refreshes the key's permissions when the page becomes visible again and after a denial. */
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

/** The user who signed in: the key, and what the server reports about it. */
export interface Caller {
  readonly accessKey: AccessKey
  readonly identity: Identity
}

/**
 * Holds the session of a caller.
 * @param leave shows the sign-in page again
 */
export function SessionProvider({
  caller,
  leave,
  children,
}: {
  readonly caller: Caller
  readonly leave: () => void
  readonly children: ReactNode
}) {
  const [session] = useState<Session>(() => {
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
        // The next user must not see what was open.
        history.replaceState(null, '', '#/')
        forgetAddresses()
        leave()
      },
    }
  })
  return <Context value={session}>{children}</Context>
}
