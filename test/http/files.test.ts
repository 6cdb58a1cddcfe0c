import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { openSite } from '../../src/http/files.ts'
import type { Listener } from '../../src/http/listener.ts'
import { repeatableRandom } from '../support/deterministic.ts'
import { temporaryPlace } from '../support/process.ts'
import { Connection } from './connection.ts'
import { openListener } from './listening.ts'

const script = 'export const answer = 42\n'

/** A listener with a small site; whatever else is asked is answered by the service. */
async function served(
  t: TestContext,
  isBuilt = true,
  /** Changes the site after it is served. */
  then = (_folder: string) => {},
): Promise<Listener> {
  const here = temporaryPlace(t)
  const folder = here.file('site')
  if (isBuilt) {
    mkdirSync(join(folder, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'index.html'), '<meta nonce="NONCE"><script nonce="NONCE"></script>')
    writeFileSync(join(folder, 'assets/a-1.js'), script)
    writeFileSync(join(folder, 'assets/a-1.js.br'), brotliCompressSync(script))
    writeFileSync(join(folder, 'assets/a-1.js.gz'), gzipSync(script))
    writeFileSync(join(folder, 'assets/notes'), 'no type')
  }
  writeFileSync(here.file('secret'), 'not yours')
  const listener = await openListener(
    {
      answer: async ({ method, path }) => ({ status: 200, headers: {}, body: `API ${method} ${path}` }),
      unanswered: (error) => assert.fail(error as Error),
    },
    { site: openSite({ prefix: '/console/', folder, absent: 'not built\n', random: repeatableRandom() }) },
  )
  t.after(() => listener.close())
  then(folder)
  return listener
}

/** Asks for a target exactly as it stands, which fetch would tidy first. */
async function ask(url: string, target: string, headers: Record<string, string> = {}, method = 'GET') {
  const connection = await Connection.open(url)
  const lines = Object.entries({ Host: 'x', Connection: 'close', ...headers })
  await connection.write(
    `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  const { text } = await connection.everything()
  const [head, ...body] = text.split('\r\n\r\n')
  return { head: head!, status: Number(head!.split(' ')[1]), body: body.join('\r\n\r\n') }
}

/** The bytes sent on the wire. */
function got(url: string, encodings: string): Promise<{ headers: IncomingHttpHeaders; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      { agent: false, headers: { 'accept-encoding': encodings } },
      async (response) => {
        resolve({ headers: response.headers, bytes: Buffer.concat(await response.toArray()) })
      },
    )
    request.once('error', reject)
  })
}

suite('a site', () => {
  test('requests and responses', async (t) => {
    const { url } = await served(t)
    const html = { Accept: 'text/html,*/*' }
    for (const [target, headers, status, words] of [
      ['/console', {}, 308, 'Location: /console/'],
      ['/console?x=1', {}, 308, 'Location: /console/'],
      ['/console/', {}, 200, 'Cache-Control: no-store'],
      ['/console/?x=1', {}, 200, 'text/html'],
      ['/console/index.html', {}, 200, 'text/html'],
      ['/console/assets/a-1.js', {}, 200, 'immutable'],
      ['/console/assets/a-1.js', {}, 200, 'text/javascript'],
      // Neither what has no type, nor a compressed form by itself, nor what lies elsewhere.
      ['/console/assets/notes', {}, 404, 'nosniff'],
      ['/console/assets/a-1.js.br', {}, 404, 'nosniff'],
      ['/console/../secret', {}, 404, 'nosniff'],
      ['/console/..%2fsecret', {}, 404, 'nosniff'],
      ['/console/%2e%2e/secret', {}, 404, 'nosniff'],
      ['/console//etc/passwd', {}, 404, 'nosniff'],
      ['/', html, 302, 'Location: /console/'],
    ] as const) {
      const answer = await ask(url, target, headers)
      assert.equal(answer.status, status, `${target}: ${answer.head}`)
      assert.ok(answer.head.includes(words), `${target}: ${answer.head}`)
    }
    for (const [method, target, headers] of [
      ['GET', '/', {}],
      ['GET', '/', { Accept: 'application/json' }],
      ['GET', '/?Action=QueryDevice', html],
      ['POST', '/', { ...html, 'Content-Length': '0' }],
      ['POST', '/console/', { 'Content-Length': '0' }],
      ['GET', '/consoles', {}],
    ] as const) {
      assert.match((await ask(url, target, headers, method)).body, /^API /, `${method} ${target}`)
    }
  })

  test('each page has a new nonce, which its policy names', async (t) => {
    const { url } = await served(t)
    const nonces = new Set<string>()
    for (let n = 0; n < 3; n++) {
      const response = await fetch(`${url}/console/`)
      const [, nonce] = /style-src 'self' 'nonce-([^']+)'/.exec(
        response.headers.get('content-security-policy')!,
      )!
      assert.equal(await response.text(), `<meta nonce="${nonce}"><script nonce="${nonce}"></script>`)
      nonces.add(nonce!)
    }
    assert.equal(nonces.size, 3)
  })

  test('a policy lets in nothing inline and nothing foreign', async (t) => {
    const { url } = await served(t)
    const policy = (await fetch(`${url}/console/`)).headers.get('content-security-policy')!
    assert.match(policy, /^default-src 'none'; script-src 'self';/)
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
  })

  test('compressed for whom it helps', async (t) => {
    const { url } = await served(t)
    for (const [accepted, encoding, read] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip', 'gzip', gunzipSync],
      ['br; q=0, GZIP;q=0.5', 'gzip', gunzipSync],
      ['br;q=0.000, gzip', 'gzip', gunzipSync],
      ['br;q=0.5', 'br', brotliDecompressSync],
      ['x-br, gzip;q=0', undefined, (bytes: Buffer) => bytes],
      ['identity', undefined, (bytes: Buffer) => bytes],
    ] as const) {
      const { headers, bytes } = await got(`${url}/console/assets/a-1.js`, accepted)
      assert.equal(headers['content-encoding'], encoding, accepted)
      assert.equal(headers.vary, 'Accept-Encoding')
      assert.equal(read(bytes).toString(), script, accepted)
    }
  })

  test('what was taken away since is not found, and the connection stays whole', async (t) => {
    const { url } = await served(t, true, (folder) => rmSync(join(folder, 'assets'), { recursive: true }))
    for (const method of ['GET', 'HEAD'])
      assert.equal((await ask(url, '/console/assets/a-1.js', {}, method)).status, 404, method)
    assert.equal((await ask(url, '/console/')).status, 200)
  })

  test('HEAD has the head alone', async (t) => {
    const { url } = await served(t)
    for (const target of ['/console/', '/console/assets/a-1.js', '/console/nothing']) {
      const { head, body } = await ask(url, target, {}, 'HEAD')
      assert.equal(body, '')
      assert.match(head, /Content-Length: [1-9]/)
    }
  })

  test('reports a site that was not built', async (t) => {
    const { url } = await served(t, false)
    const { status, body } = await ask(url, '/console/')
    assert.deepEqual([status, body], [404, 'not built\n'])
  })
})
