/**
 * Whether a Host header names this machine as itself. A web page can have its own name resolve to 127.0.0.1, and
 * would then read what is meant for this machine; the browser still sends that name.
 * @param listening the address that is listened on, as it was given
 */
export function isLocalHost(host: string | undefined, listening: string): boolean {
  // HTTP/1.0 needs none, and no browser speaks it.
  if (host === undefined) return true
  const name = host.replace(/:\d*$/, '').toLowerCase()
  const configured = listening.includes(':') ? `[${listening}]` : listening
  return ['localhost', '127.0.0.1', '[::1]', configured.toLowerCase()].includes(name)
}
