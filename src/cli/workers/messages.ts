import type { Config } from '../../config.ts'
import type { MetricsPage, Samples } from '../../http/metrics.ts'
import type { Running } from '../../main.ts'
import type { StartFailure } from './start-failure.ts'

/** What the primary says to a worker. */
export type Order =
  | { readonly kind: 'serve'; readonly config: Config; readonly ticketKeys: Uint8Array }
  | { readonly kind: 'drain' }
  /** Answer what is under way, then end; idle connections may stay open for so long. */
  | { readonly kind: 'stop'; readonly idleMs: number | undefined }
  | { readonly kind: 'count' }
  /** The measures of all workers, for whoever asked this one. */
  | { readonly kind: 'metrics'; readonly page: MetricsPage }

/** What a worker says to the primary. */
export type Report =
  | ({ readonly kind: 'serving' } & Served)
  | { readonly kind: 'failed'; readonly message: string; readonly obstacle: StartFailure }
  /** Its event loop runs; said every second from its start to its end. */
  | { readonly kind: 'alive' }
  /** The measures of this worker, as it was asked for, or because it ends. */
  | { readonly kind: 'counted'; readonly samples: Samples }
  | { readonly kind: 'metrics wanted' }
  /** A signal asked it to end; that is for the primary to order. */
  | { readonly kind: 'asked to end' }

/** What there is to tell of a server that has started. */
export type Served = Pick<Running, 'url' | 'mqtt' | 'first' | 'certificate'>
