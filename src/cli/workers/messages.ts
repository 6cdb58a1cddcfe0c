import type { Config } from '../../config.ts'
import type { MetricsPage, Samples } from '../../http/metrics.ts'
import type { Running } from '../../main.ts'
import type { StartFailure } from './start-failure.ts'

/** The messages from the primary to a worker. */
export type Order =
  | { readonly kind: 'serve'; readonly config: Config; readonly ticketKeys: Uint8Array }
  | { readonly kind: 'drain' }
  /** Answer what is under way, then end; idle connections may stay open for so long. */
  | { readonly kind: 'stop'; readonly idleMs: number | undefined }
  | { readonly kind: 'count' }
  /** The metrics of all workers, for the worker that requested them. */
  | { readonly kind: 'metrics'; readonly page: MetricsPage }

/** The messages from a worker to the primary. */
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

/** The facts of a started server. */
export type Served = Pick<Running, 'url' | 'mqtt' | 'first' | 'certificate'>
