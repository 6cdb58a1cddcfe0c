const ports = document.querySelector<HTMLMetaElement>('meta[name="mqtt-ports"]')?.content ?? ''
const portOf = (scheme: string) => ports.split(' ').find((port) => port.startsWith(`${scheme}:`))

/** Whether the server that delivered the console accepts device connections. */
export const servesMqtt: boolean = portOf('mqtt') !== undefined || portOf('mqtts') !== undefined

/**
 * The address for devices, such as `mqtt://HOST:PORT`: the host that the browser used, with the port that the
 * server wrote into the page; port 1883 if it accepts no devices itself, since another node of the store may.
 */
export const mqttAddress: string = (() => {
  const [scheme, port] = (portOf('mqtt') ?? portOf('mqtts') ?? 'mqtt:1883').split(':')
  return `${scheme}://${location.hostname}:${port}`
})()
