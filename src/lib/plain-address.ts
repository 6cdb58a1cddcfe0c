/** An IP address of a socket without a zone, and of IPv4 as such, also on a socket that listens on IPv6. */
export const plainAddress = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
