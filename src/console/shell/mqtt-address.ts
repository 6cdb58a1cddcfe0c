const ports = document.querySelector<HTMLMetaElement>('meta[name="mqtt-ports"]')?.content ?? ''
const portOf = (scheme: string) => ports.split(' ').find((port) => port.startsWith(`${scheme}:`))

/** Whether the server that the console came from takes connections of devices. */
export const servesMqtt: boolean = portOf('mqtt') !== undefined || portOf('mqtts') !== undefined

/**
 * Where devices connect, as in `mqtt://HOST:PORT`: the host that the browser reached, with the port that the server has
 * written into the page; port 1883 if it takes no devices itself, since another node of the same store may.
 */
export const mqttAddress: string = (() => {
  const [scheme, port] = (portOf('mqtt') ?? portOf('mqtts') ?? 'mqtt:1883').split(':')
  return `${scheme}://${location.hostname}:${port}`
})()
