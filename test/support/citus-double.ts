import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A plain PostgreSQL server behind a proxy that behaves like a Citus coordinator, or worse. */
export interface CitusDouble {
  /** The same URL through the proxy. */
  readonly url: string
  close(): void
}

/** Added to each row count: Citus reports the rows sent, whether or not they were written. */
const miscount = 7

/**
 * Starts the proxy. It differs from PostgreSQL in two ways: every row count is wrong, and a duplicate is
 * reported as an internal error with the name of a shard's index, without code and fields, as Citus relays it
 * from its COPY.
 */
export async function citusDouble(target: string): Promise<CitusDouble> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
    client.on('data', (chunk) => server.write(chunk))
    const rewritten = messagesOf(rewrite)
    server.on('data', (chunk) => client.write(rewritten(chunk)))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: Object.assign(new URL(target), { port: String((proxy.address() as AddressInfo).port) }).href,
    close() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
    },
  }
}

/**
 * Splits a stream of PostgreSQL messages (a letter, a 4-byte length that includes itself, the content) and
 * rewrites each.
 */
function messagesOf(rewrite: (letter: string, content: Buffer) => Buffer): (chunk: Buffer) => Buffer {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const out: Buffer[] = []
    while (rest.length >= 5) {
      const end = 1 + rest.readUInt32BE(1)
      if (rest.length < end) break
      const content = rewrite(String.fromCharCode(rest[0]!), rest.subarray(5, end))
      const head = Buffer.from(rest.subarray(0, 5))
      head.writeUInt32BE(content.length + 4, 1)
      out.push(head, content)
      rest = rest.subarray(end)
    }
    return Buffer.concat(out)
  }
}

function rewrite(letter: string, content: Buffer): Buffer {
  const text = content.toString('utf8')
  // CommandComplete
  if (letter === 'C')
    return Buffer.from(
      text.replace(
        /^(INSERT 0|UPDATE|DELETE) (\d+)/,
        (_, tag, count) => `${tag} ${Number(count) + miscount}`,
      ),
    )
  // ErrorResponse: fields of a letter and a text, each ended by a zero byte.
  if (letter === 'E' && text.includes('\0C23505\0')) {
    const fields = text
      .split('\0')
      .filter((field) => /^[SVMD]/.test(field))
      .map((field) => (field[0] === 'M' ? field.replace(/"(\w+)"$/, '"$1_102008"') : field))
    return Buffer.from(`${[...fields, 'CXX000'].join('\0')}\0\0`)
  }
  return content
}
