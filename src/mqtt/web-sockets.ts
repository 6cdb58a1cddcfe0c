import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { Door } from './door.ts'
import { remainingBytesMax } from './limits.ts'

/** The source of a WebSocket request. */
export interface WebSocketOrigin {
  readonly address: string
  readonly port: number
  readonly encrypted: boolean
}

/** MQTT over WebSocket (MQTT §6): takes over WebSocket requests from the HTTP door. */
export function webSockets(door: Door) {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: remainingBytesMax + 5,
    handleProtocols: (offered) => ['mqtt', 'mqttv3.1'].find((name) => offered.has(name)) ?? false,
  })
  // The library answers malformed handshakes.
  server.on('wsClientError', (_, socket) => socket.destroy())
  return (request: IncomingMessage, socket: Duplex, head: Buffer, origin: WebSocketOrigin): void =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // Text frames are not MQTT (MQTT-6.0.0-1).
      webSocket.on('message', (_, isBinary) => isBinary || webSocket.terminate())
      const stream = createWebSocketStream(webSocket)
      // Otherwise the stream would wait for the end of its readable half, which is no longer read.
      webSocket.once('close', () => stream.destroy())
      door.accept(stream, { ...origin, serverName: undefined })
    })
}
