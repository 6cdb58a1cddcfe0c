import { existsSync } from 'node:fs'
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { resolve } from 'node:path'

/**
 * Returns the URLs that open a server. If the server listens on all addresses, it uses the loopback address on
 * this machine and the network addresses for others.
 * @param url the listen URL
 * @param interfaces this machine's network interfaces
 */
function openableAt(
  url: string,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string[] {
  const { hostname: host } = new URL(url)
  if (host !== '0.0.0.0' && host !== '[::]') return [url]
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    // Link-local addresses need a zone, which URLs can't contain.
    .filter(
      ({ internal, address }) => !internal && !address.startsWith('fe80:') && !address.startsWith('169.254.'),
    )
    .filter(({ family }) => family === 'IPv4' || host === '[::]')
    .map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address))
  return ['127.0.0.1', ...new Set(own)].map((address) => url.replace(`//${host}`, `//${address}`))
}

/** Reports whether this process runs in a Docker or Podman container. */
const isInContainer = () => existsSync('/.dockerenv') || existsSync('/run/.containerenv')

/**
 * Prints the server's URLs for the operator.
 * @param path path of the console, if it is served
 * @param folder the data folder, to explain how to read credentials.env outside a container
 */
export function printAddresses(
  url: string,
  path: string | undefined,
  folder: string | undefined,
  inContainer: boolean = isInContainer(),
  interfaces?: NodeJS.Dict<NetworkInterfaceInfo[]>,
): string {
  const [first, ...others] = openableAt(url, interfaces).map((address) => address + (path ?? ''))
  const what = path === undefined ? 'it is reached' : 'the console is'
  const isWildcard = !first!.startsWith(url)
  const here = path === undefined && !isWildcard ? '' : `${what} at ${first}\n`
  if (isWildcard && inContainer) return here + containerHint(url, folder)
  return here + others.map((address) => `  from other machines: ${address}\n`).join('')
}

/** Prints the addresses for devices, if there are any; one of this machine's addresses stands for all. */
export function printDevices({ plain, tls }: Record<'plain' | 'tls', string | undefined>): string {
  const addresses = [plain, tls].flatMap((address) => (address === undefined ? [] : openableAt(address)))
  return addresses.length === 0 ? '' : `devices connect to ${addresses.join(' or ')}\n`
}

/** Explains that a container's addresses are not the host's. */
function containerHint(url: string, folder: string | undefined): string {
  const { port } = new URL(url)
  // The host name is the container's ID unless the operator chose one.
  const container = /^[0-9a-f]{12}$/.test(hostname()) ? hostname() : 'CONTAINER'
  const file = folder === undefined ? undefined : resolve(folder, 'credentials.env')
  const read =
    file !== undefined && existsSync(file) ? `  its credentials: docker exec ${container} cat ${file}\n` : ''
  return `  from the machine around this container, if it publishes the port: docker run --publish 127.0.0.1:${port}:${port}\n${read}`
}
