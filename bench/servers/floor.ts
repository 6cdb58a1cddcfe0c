/**
 * The floor: what no server of such calls can do without. It receives a body into a buffer that lies ready,
 * and puts one HMAC-SHA1 over it.
 */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { caller } from '../workload.ts'
import './leash.ts'

/** Larger than any body of the workload. */
const bufferBytes = 4 * 1024 * 1024
const answer = '{"Success":true}'
/** One buffer a connection, since two may be receiving at once. */
const free: Buffer[] = []

const server = createServer((message, response) => {
  const buffer = free.pop() ?? Buffer.alloc(bufferBytes)
  let end = 0
  message.on('data', (chunk: Buffer) => {
    end += chunk.copy(buffer, end)
  })
  message.on('end', () => {
    createHmac('sha1', caller.accessKeySecret).update(buffer.subarray(0, end)).digest('base64')
    free.push(buffer)
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length })
    response.end(answer)
  })
})

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`floor is listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
