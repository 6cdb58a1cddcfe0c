/** Returns a socket's IP address without its zone, and IPv4 in its own form also on an IPv6 socket. */
export const plainAddress = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
