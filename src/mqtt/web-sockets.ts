import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { Door } from './door.ts'
import { remainingBytesMax } from './limits.ts'

/** What a request for a WebSocket was found to come from. */
export interface WebSocketOrigin {
  readonly address: string
  readonly port: number
  readonly encrypted: boolean
}

/** MQTT over WebSocket (MQTT §6): takes requests that ask for one from the HTTP door. */
export function webSockets(door: Door) {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: remainingBytesMax + 5,
    handleProtocols: (offered) => ['mqtt', 'mqttv3.1'].find((name) => offered.has(name)) ?? false,
  })
  // A malformed handshake is answered by the library; nothing of it concerns the door.
  server.on('wsClientError', (_, socket) => socket.destroy())
  return (request: IncomingMessage, socket: Duplex, head: Buffer, origin: WebSocketOrigin): void =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // Frames of text are not MQTT (MQTT-6.0.0-1).
      webSocket.on('message', (_, isBinary) => isBinary || webSocket.terminate())
      const stream = createWebSocketStream(webSocket)
      // The stream would wait for the end of its other half, which nobody reads any more.
      webSocket.once('close', () => stream.destroy())
      door.accept(stream, { ...origin, serverName: undefined })
    })
}
