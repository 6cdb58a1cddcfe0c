import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSocketServer, type Server } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { CliError } from '../../src/cli/cli-error.ts'
import { accessKeyOf } from '../../src/cli/endpoint/access-key.ts'
import { sender } from '../../src/cli/endpoint/send.ts'
import { Unreachable } from '../../src/client/outcome.ts'

describe('an access key with a character that no eye sees is refused before any call', () => {
  const cases: [id: string, secret: string, told: string | undefined][] = [
    ['LTAI5t', 'geheim+/=', undefined],
    ['LTAI5t\r', 'geheim', 'the AccessKeyId ends with a carriage return'],
    ['LTAI5t', 'geheim\n', 'the AccessKeySecret ends with a line feed'],
    ['LTAI5t', 'geheim\r\n', 'the AccessKeySecret ends with a carriage return'],
    ['LTAI5t', 'geheim \t', 'the AccessKeySecret ends with a space'],
    [' LTAI5t', 'geheim', 'the AccessKeyId begins with a space'],
    ['\ufeffLTAI5t', 'geheim', 'the AccessKeyId begins with a byte order mark'],
    ['LTAI\u200b5t', 'geheim', 'the AccessKeyId contains U+200B'],
    ['LTAI5t', 'gehéim', 'the AccessKeySecret contains U+00E9'],
    ['LTAI5t', 'geheim\u{1f511}', 'the AccessKeySecret ends with U+1F511'],
  ]
  for (const [id, secret, told] of cases)
    test(told ?? 'a good one is taken', () => {
      const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret }
      const key = () => accessKeyOf({ env, home: '/nowhere' })
      if (told === undefined) return assert.deepEqual(key(), { id, secret })
      assert.throws(key, (error) => {
        assert.ok(error instanceof CliError && error.status === 2)
        assert.ok(error.message.startsWith(`${told}; `), error.message)
        return !error.message.includes('geh')
      })
    })
})

describe('a server that speaks the other protocol is reported with the address to take', () => {
  async function addressOf(t: TestContext, server: Server) {
    t.after(() => server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return `127.0.0.1:${(server.address() as { port: number }).port}`
  }
  async function ended(url: string) {
    const { send, close } = sender(5000)
    const error = await send({ url, headers: {}, body: Buffer.alloc(0) }).then(
      () => undefined,
      (error) => error,
    )
    close()
    return error as Error
  }

  test('plain HTTP where TLS was expected', async (t) => {
    const host = await addressOf(t, createServer())
    const error = await ended(`https://${host}/`)
    assert.ok(error instanceof CliError && error.status === 2)
    assert.equal(error.message, `${host} speaks plain HTTP there: http://${host}`)
  })

  test('TLS where plain HTTP was expected', async (t) => {
    // A fatal alert, which is how TLS servers answer what is no ClientHello.
    const alert = Buffer.from([0x15, 3, 1, 0, 2, 2, 0x46])
    const host = await addressOf(
      t,
      createSocketServer((socket) => socket.once('data', () => socket.end(alert))),
    )
    assert.equal((await ended(`http://${host}/`)).message, `${host} speaks TLS there: https://${host}`)
  })

  test('not so a server that speaks neither', async (t) => {
    const mail = createSocketServer((socket) => socket.end('220 mail ready\r\n'))
    const error = await ended(`http://${await addressOf(t, mail)}/`)
    assert.ok(error instanceof Unreachable, error.message)
  })
})
