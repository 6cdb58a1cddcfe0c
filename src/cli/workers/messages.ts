import type { Config } from '../../config.ts'
import type { MetricsPage, Samples } from '../../http/metrics.ts'
import type { Running, Serves } from '../../main.ts'
import type { StartFailure } from './start-failure.ts'

/** The messages from the primary to a worker. */
export type Order =
  | {
      readonly kind: 'serve'
      readonly config: Config
      readonly serves: Serves
      /** How a worker for devices alone takes its ports; undefined where the primary hands them out. */
      readonly reusePort: 'first' | 'further' | undefined
      readonly ticketKeys: Uint8Array
    }
  | { readonly kind: 'drain' }
  /** Finish calls in progress, then stop; idle connections may stay open for this long. */
  | { readonly kind: 'stop'; readonly idleMs: number | undefined }
  | { readonly kind: 'count' }
  /** The metrics of all workers, for the worker that requested them. */
  | { readonly kind: 'metrics'; readonly page: MetricsPage }

/** The messages from a worker to the primary. */
export type Report =
  | ({ readonly kind: 'serving' } & Served)
  | { readonly kind: 'failed'; readonly message: string; readonly obstacle: StartFailure }
  /** The event loop runs; sent every second from start to end. */
  | { readonly kind: 'alive' }
  /** The worker's metrics, on request or when it stops. */
  | { readonly kind: 'counted'; readonly samples: Samples }
  | { readonly kind: 'metrics wanted' }
  /** The worker received a signal to stop; the primary decides. */
  | { readonly kind: 'asked to end' }

/** The facts of a started server. */
export type Served = Pick<Running, 'url' | 'mqtt' | 'first' | 'certificate'>
