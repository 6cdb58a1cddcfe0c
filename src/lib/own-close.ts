import type { Server } from 'node:net'

/**
 * Restores a server's `close`, which node:cluster replaces and calls when the primary releases the port: the
 * worker closes its servers itself, in order.
 * @returns the server's own close
 */
export function ownClose(server: Server): Server['close'] {
  const close = server.close.bind(server)
  server.close = () => server
  return close
}
