/**
 * Reports whether a Host header names this machine itself. A web page can make its own name resolve to
 * 127.0.0.1 and read what is meant for local clients, but the browser still sends that name.
 * @param listening the configured listen address
 */
export function isLocalHost(host: string | undefined, listening: string): boolean {
  // HTTP/1.0 requires none, and browsers don't use it.
  if (host === undefined) return true
  const name = host.replace(/:\d*$/, '').toLowerCase()
  const configured = listening.includes(':') ? `[${listening}]` : listening
  return ['localhost', '127.0.0.1', '[::1]', configured.toLowerCase()].includes(name)
}
