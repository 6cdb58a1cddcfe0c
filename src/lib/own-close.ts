import type { Server } from 'node:net'

/**
 * Takes a server's `close` from node:cluster, which calls it in a worker whose primary lets go of the port: the worker
 * itself closes its servers, in order.
 * @returns the server's own close
 */
export function ownClose(server: Server): Server['close'] {
  const close = server.close.bind(server)
  server.close = () => server
  return close
}
