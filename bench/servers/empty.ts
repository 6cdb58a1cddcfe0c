/** The least that node:http can do with a request: read it and answer nothing. It refuses none of the shapes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import './leash.ts'

const headBytesMax = 64 * 1024 * 1024

const server = createServer({ maxHeaderSize: headBytesMax }, (message, response) => {
  message.resume().on('end', () => response.end())
})

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`empty is listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
