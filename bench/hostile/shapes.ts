/** Inputs of unauthenticated clients; each shape is the bytes of one connection. */
import { globSync } from 'node:fs'
import { percentEncode } from '../../src/signature/percent.ts'
import { freshNonce, timestamp } from '../calls/fresh.ts'
import { seededRandom } from '../random.ts'
import { caller, newDevices } from '../workload.ts'

/** Requests on one connection; the last one closes it. */
export interface Shape {
  readonly name: string
  /** Whether it consists of small requests, whose cost is mostly code rather than bytes. */
  readonly isSmall?: boolean
  /**
   * Creates the chunks, each to be sent after the previous response. Called for each connection, because
   * timestamps expire.
   */
  pieces(): Buffer[]
}

const host = 'Host: bench\r\n'
const close = 'Connection: close\r\n'
const form = 'Content-Type: application/x-www-form-urlencoded\r\n'
const kilo = 1024
const mega = 1024 * 1024

const get =
  (target: string, headers = '', body = '') =>
  (last: boolean) =>
    `GET ${target} HTTP/1.1\r\n${host}${headers}${last ? close : ''}\r\n${body}`

const post =
  (body: string, headers = form, target = '/') =>
  (last: boolean) =>
    `POST ${target} HTTP/1.1\r\n${host}${headers}Content-Length: ${body.length}\r\n${last ? close : ''}\r\n${body}`

const chunked = (body: string) => (last: boolean) =>
  `POST / HTTP/1.1\r\n${host}${form}Transfer-Encoding: chunked\r\n${last ? close : ''}\r\n${body}`

const repeated = 50

/** Requests that are each sent after the previous response. */
const inTurn = (name: string, one: () => (last: boolean) => string, count = repeated): Shape => ({
  name,
  isSmall: count === repeated,
  pieces() {
    const text = one()
    const [middle, last] = [Buffer.from(text(false), 'latin1'), Buffer.from(text(true), 'latin1')]
    return [...Array<Buffer>(count - 1).fill(middle), last]
  },
})

/** The same requests, pipelined. */
const atOnce = (name: string, one: () => (last: boolean) => string): Shape => ({
  name: `${name}, ${repeated} at once`,
  pieces: () => [Buffer.concat(inTurn(name, one).pieces())],
})

const single = (name: string, one: () => (last: boolean) => string): Shape => inTurn(name, one, 1)

/** The parameters of a V1 call with a false signature and an existing key. */
const falseV1 = (accessKeyId: string = caller.accessKeyId) =>
  `Action=BatchCheckImportDevice&Version=2018-01-20&Format=JSON&AccessKeyId=${accessKeyId}&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=${freshNonce()}&Timestamp=${percentEncode(timestamp())}&Signature=${percentEncode(`${'A'.repeat(27)}=`)}`

/** The headers of a V3 call with a false signature and an existing key. */
function falseV3(type: string, signedHeaders = '', accessKeyId: string = caller.accessKeyId): string {
  const headers = {
    'content-type': type,
    'x-acs-action': 'BatchCheckImportDevice',
    'x-acs-date': timestamp(),
    'x-acs-signature-nonce': freshNonce(),
    'x-acs-version': '2018-01-20',
  }
  const signed = `${['host', ...Object.keys(headers)].sort().join(';')}${signedHeaders}`
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${lines.join('')}Authorization: ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signed},Signature=${'a'.repeat(64)}\r\n`
}

function randomNames(count: number): string {
  const random = seededRandom(7)
  return Array.from({ length: count }, () => `&${Math.floor(random() * 2 ** 32).toString(36)}`).join('')
}

const json = (bytes: number) => `{"a":[${'{},'.repeat(Math.floor(bytes / 3))}{}]}`
const multipart = (parts: number) =>
  `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(parts)}--b--\r\n`
const part = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const many = Array.from({ length: 199_000 }, (_, i) => i + 1)
const random = seededRandom(8)
const gaps = many.map(() => `&DeviceList.${1 + Math.floor(random() * 1e9)}.DeviceName=a`).join('')
const escapedNames = many.map((n) => `&DeviceLis%74.${n}.DeviceName=a`).join('')
const twins = many.map(() => `&DeviceList.1.DeviceName=${Math.floor(random() * 1e9)}`).join('')
const listParts = many.map((n) => part(`DeviceList.${n}.DeviceName`, 'a')).join('')
/** Converts a form's parameters to the first parts of a multipart body. */
const parts = (form: string) =>
  `${form
    .split('&')
    .map((parameter) => parameter.split('=') as [string, string])
    .map(([name, value]) => part(name, decodeURIComponent(value)))
    .join('')}${listParts}--b--\r\n`
const list = newDevices()
const devices = Array.from({ length: 10_000 }, (_, i) => {
  const { DeviceName, DeviceSecret } = list()
  return `&DeviceList.${i + 1}.DeviceName=${DeviceName}&DeviceList.${i + 1}.DeviceSecret=${DeviceSecret}`
}).join('')
const asset = globSync('dist/console/assets/*.js.br')[0]?.replace(/^dist|\.br$/g, '') ?? '/console/none.js'

/** A small call that fails, on a connection of its own. */
export const failure = () => Buffer.from(get('/')(true))
/** A call of 4 MB with a false signature. */
export const large = () =>
  Buffer.concat([Buffer.from(post(`${falseV1()}&a=${'b'.repeat(4e6)}`)(true), 'latin1')])

export const shapes: readonly Shape[] = [
  inTurn('GET /', () => get('/')),
  atOnce('GET /', () => get('/')),
  inTurn('an unknown operation', () => get('/?Action=Pub&Version=2018-01-20')),
  inTurn('GET /healthz', () => get('/healthz')),
  inTurn(
    'a preflight',
    () => (last) =>
      get(
        '/',
        'Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n',
      )(last).replace('GET', 'OPTIONS'),
  ),
  inTurn('an unknown key, V1', () => post(falseV1('nobody'))),
  inTurn('a false signature, V1', () => post(falseV1())),
  inTurn('an unknown key, V3', () => post('', falseV3('application/json', '', 'nobody'))),
  inTurn('a false signature, V3', () => post('', falseV3('application/json'))),
  atOnce('100-continue', () => post('a', `${form}Expect: 100-continue\r\n`)),
  inTurn('15 KB of commas as Accept-Encoding of an asset', () =>
    get(asset, `Accept-Encoding: ${','.repeat(15 * kilo)}\r\n`),
  ),
  single('1 MB of commas as Accept-Encoding of an asset', () =>
    get(asset, `Accept-Encoding: ${','.repeat(mega)}\r\n`),
  ),
  inTurn('15 KB of commas as X-Forwarded-For', () =>
    get('/', `X-Forwarded-For: ${','.repeat(15 * kilo)}\r\n`),
  ),
  single('15 KB of Host', () => (last) => get('/')(last).replace('bench', 'a'.repeat(15 * kilo))),
  inTurn('15 KB of commas as Accept', () => get('/', `Accept: ${'text/,'.repeat(2.5 * kilo)}\r\n`)),
  single('1,900 headers of one letter', () => get('/', 'a:\r\n'.repeat(1900))),
  single('120 headers of one letter', () => get('/', 'a:\r\n'.repeat(120))),
  inTurn('15 KB of names in SignedHeaders', () =>
    post('', falseV3('application/json', ';a'.repeat(7 * kilo))),
  ),
  inTurn('15 KB of commas as Authorization', () =>
    get('/', `Authorization: ACS3-HMAC-SHA256 ${',a=b'.repeat(3.7 * kilo)}\r\n`),
  ),
  single('1 MB of names in SignedHeaders', () =>
    post('', falseV3('application/json', ';a'.repeat(mega / 2))),
  ),
  single('16 MB of headers', () => get('/', `a: ${'b'.repeat(8.4 * kilo)}\r\n`.repeat(1900))),
  single('a path of 1 MB of slashes', () => get('/'.repeat(mega))),
  single('a path of 1 MB below the console', () => get(`/console/${'a'.repeat(mega)}`)),
  single('a request line of 4 MB of &a', () => get(`/?${'&a'.repeat(2 * mega)}`)),
  single('a request line of 1.4 MB, a false signature', () => get(`/?${falseV1()}${devices}`)),
  inTurn('62 KB of &a', () => post('&a'.repeat(31 * kilo)), 10),
  inTurn('62 KB of &a, a false signature', () => post(falseV1() + '&a'.repeat(31 * kilo)), 10),
  single('199,000 times &a, a false signature', () => post(falseV1() + '&a'.repeat(199_000))),
  single('199,000 random names, a false signature', () => post(falseV1() + randomNames(199_000))),
  single('199,000 entries with wide gaps in disorder, a false signature', () => post(falseV1() + gaps)),
  single('199,000 entries with escapes in their names, a false signature', () =>
    post(falseV1() + escapedNames),
  ),
  single('one entry 199,000 times, a false signature', () => post(falseV1() + twins)),
  single('199,000 parts, a false signature, V1', () =>
    post(parts(falseV1()), 'Content-Type: multipart/form-data; boundary=b\r\n'),
  ),
  single('10,000 devices, a false signature, V1', () => post(falseV1() + devices)),
  single('10,000 devices, a false signature, V3', () => post(devices.slice(1), falseV3(form.slice(14, -2)))),
  single('16 MB of &', () => post(falseV1() + '&'.repeat(15 * mega))),
  single('4 MB of escapes, a false signature', () => post(`${falseV1()}&a=${'%01'.repeat(1.3 * mega)}`)),
  single('4 MB of controls, a false signature', () => post(`${falseV1()}&a=${'\x01'.repeat(4 * mega)}`)),
  single('4 MB of JSON, a false signature', () => post(json(4e6), falseV3('application/json'))),
  single('15 MB of JSON, a false signature', () => post(json(15e6), falseV3('application/json'))),
  single('4 MB of multipart, a false signature', () =>
    post(multipart(80_000), falseV3('multipart/form-data; boundary=b')),
  ),
  single('100,000 chunks of one byte', () => chunked(`${'1\r\na\r\n'.repeat(100_000)}0\r\n\r\n`)),
  single('1,000 chunks with extensions of 1 KB', () =>
    chunked(`${`1;${'x'.repeat(kilo)}\r\na\r\n`.repeat(1000)}0\r\n\r\n`),
  ),
  single('1 MB of trailers', () => chunked(`1\r\na\r\n0\r\n${'t: v\r\n'.repeat(mega / 6)}\r\n`)),
]
