import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connect } from 'node:tls'
import { systemClock } from '../../src/lib/clock.ts'
import { systemRandom } from '../../src/lib/random.ts'
import type { Certificate } from '../../src/lib/secure-context.ts'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { send } from '../support/sign.ts'
import { openListener } from './listening.ts'

const certificate = (): Certificate => selfSigned(undefined, 'localhost', systemClock, systemRandom)

/** The protocol and cipher that a client of TLS 1.2 gets with these ciphers, or the code of the error. */
function handshake(
  url: string,
  ciphers: string,
  maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3',
): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(
      // Level 0 lets this client offer what is out of use.
      {
        host: hostname,
        port: Number(port),
        rejectUnauthorized: false,
        minVersion: 'TLSv1',
        maxVersion,
        ciphers: `${ciphers}:@SECLEVEL=0`,
      },
      () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`)
        socket.end()
      },
    )
    socket.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message))
  })
}

test('TLS has forward secrecy and authenticated ciphers, also after the certificate was replaced', async (t) => {
  const listener = await openListener({}, { tls: certificate() })
  t.after(() => listener.close())
  for (const renewed of [false, true]) {
    if (renewed) listener.renew(certificate())
    for (const [ciphers, version, got] of [
      ['ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2', /^TLSv1\.2 ECDHE-/],
      ['ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-CHACHA20-POLY1305', 'TLSv1.2', /^TLSv1\.2 ECDHE-/],
      ['AES128-GCM-SHA256', 'TLSv1.2', /HANDSHAKE_FAILURE/],
      ['AES256-SHA256', 'TLSv1.2', /HANDSHAKE_FAILURE/],
      ['ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA', 'TLSv1.2', /HANDSHAKE_FAILURE/],
      ['ALL', 'TLSv1.1', /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/],
      ['ALL', 'TLSv1.3', /^TLSv1\.3 /],
    ] as const) {
      assert.match(await handshake(listener.url, ciphers, version), got, `${ciphers}, renewed: ${renewed}`)
    }
  }
})

for (const [hstsSeconds, header] of [
  [0, undefined],
  [86_400, 'max-age=86400'],
] as const) {
  test(`--hsts ${hstsSeconds} applies to every response`, async (t) => {
    const pair = certificate()
    const listener = await openListener({}, { tls: pair, hstsSeconds })
    t.after(() => listener.close())
    for (const [method, path] of [
      ['GET', '/healthz'],
      ['POST', '/'],
      ['OPTIONS', '/'],
    ] as const) {
      const { headers } = await send(listener.url.replace('127.0.0.1', 'localhost'), {
        method,
        path,
        ca: pair.cert,
      })
      assert.equal(headers['strict-transport-security'], header, path)
    }
  })
}
