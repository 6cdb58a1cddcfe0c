/** The kinds of calls that the load generator can send. */
import { askedLists, escapedLists, mixedList, registeredLists } from '../workload.ts'
import { type Call, got, postedBody } from './call.ts'
import { isAllGood, isOk, tellsRegistered } from './expected.ts'
import { shuffledChecks } from './shuffled.ts'
import { signedChecks } from './v1.ts'
import { queryChecks } from './v3.ts'

/** The calls of a workload: `lists` of them alternate, so that no cache sees the same list twice in a row. */
export interface Workload {
  readonly kind: keyof typeof workloads
  readonly lists: number
  /** Number of registered devices in the store, for lists of registered ones. */
  readonly registered: number
}

const workloads = {
  /** A V1 form in order; no name is registered. */
  quick({ lists }: Workload) {
    const next = signedChecks(askedLists(lists))
    return () => postedBody(next(), isAllGood)
  },

  /** The same as a V3 request line. */
  query: ({ lists }: Workload) => queryChecks(askedLists(lists)),

  /** A shuffled V1 form with escapes everywhere; no name is registered. */
  shuffled: ({ lists }: Workload) => shuffledChecks(escapedLists(lists)),

  /** A V1 form in order; every name is registered. */
  registered({ lists, registered }: Workload) {
    const asked = registeredLists(lists, registered)
    const sources = asked.map((devices) => {
      const next = signedChecks([devices])
      const isGood = tellsRegistered(devices.map(({ DeviceName }) => DeviceName))
      return () => postedBody(next(), isGood)
    })
    let calls = 0
    return () => sources[calls++ % sources.length]!()
  },

  /** A V1 form in order; a few names are registered. */
  mixed() {
    const { devices, registered } = mixedList()
    const [next, isGood] = [signedChecks([devices]), tellsRegistered(registered)]
    return () => postedBody(next(), isGood)
  },

  /** A V1 form with one device, which is not registered. */
  small({ lists }: Workload) {
    const next = signedChecks(
      askedLists(1)[0]!
        .slice(0, 64 * lists)
        .map((device) => [device]),
    )
    return () => postedBody(next(), isAllGood)
  },

  health: () => () => got('/healthz', isOk),
} satisfies Record<string, (workload: Workload) => () => Call>

/** Returns an endless sequence of calls. */
export const callsOf = (workload: Workload): (() => Call) => workloads[workload.kind](workload)
