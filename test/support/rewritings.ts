import fc from 'fast-check'
import { percentEncode } from '../../src/signature/percent.ts'
import type { Captured } from './captured.ts'
import { multipart } from './wire-call.ts'

/** A change of a request in transit. */
export type Rewriting = (call: Captured) => Captured
const one = <T>(...values: T[]) => fc.constantFrom(...values)
const replaceAt = <T>(list: readonly T[], at: number, ...by: T[]): T[] => {
  if (list.length === 0) return [...by]
  const place = at % list.length
  return [...list.slice(0, place), ...by, ...list.slice(place + 1)]
}
const place = fc.nat(1000)
/** That of a header; of V3's, the fifth has the nonce. */
const headerPlace = fc.oneof({ weight: 3, arbitrary: place }, { weight: 1, arbitrary: fc.constant(4) })
const junk = one(
  '\xa0',
  '\xa0\xa0',
  ' ',
  '\t',
  '\xa0',
  '\x85',
  '\xff',
  ',',
  ',x',
  '"',
  '\x0b',
  '\r\n ',
  ';',
  '&',
  '%',
  'x',
  '',
  'ä',
)

type Header = Captured['headers'][number]

/** Replaces one header by others, at any position. */
const instead =
  (at: number, by: (header: Header) => readonly Header[]): Rewriting =>
  (call) => {
    const header = call.headers[at % call.headers.length]
    return header === undefined ? call : { ...call, headers: replaceAt(call.headers, at, ...by(header)) }
  }

/** Moves one header to another position. */
const moved =
  (from: number, to: number): Rewriting =>
  (call) => {
    const header = call.headers[from % call.headers.length]
    const rest = replaceAt(call.headers, from)
    return header === undefined
      ? call
      : { ...call, headers: rest.toSpliced(to % (rest.length + 1), 0, header) }
  }

const onHeaders: fc.Arbitrary<Rewriting> = fc.oneof(
  fc.tuple(headerPlace, junk).map(([at, what]) => instead(at, ([name, value]) => [[name, value + what]])),
  fc.tuple(headerPlace, junk).map(([at, what]) => instead(at, ([name, value]) => [[name, what + value]])),
  fc.tuple(headerPlace, junk).map(([at, what]) => instead(at, (header) => [header, [header[0], what]])),
  headerPlace.map((at) => instead(at, (header) => [header, header])),
  // Split at its commas, and turned around.
  headerPlace.map((at) => instead(at, ([name, value]) => value.split(',').map((part) => [name, part]))),
  headerPlace.map((at) =>
    instead(at, ([name, value]) =>
      value
        .split(',')
        .reverse()
        .map((part) => [name, part]),
    ),
  ),
  headerPlace.map((at) => instead(at, ([name, value]) => [[name.toUpperCase(), value]])),
  headerPlace.map((at) => instead(at, () => [])),
  fc.tuple(headerPlace, place).map(([from, to]) => moved(from, to)),
  fc
    .tuple(
      one<readonly [string, string]>(
        ['content-type', 'application/json'],
        ['content-type', 'application/x-www-form-urlencoded'],
        ['content-type', 'multipart/form-data; boundary=b'],
        ['content-type', 'multipart/form-data; boundary=c'],
        ['content-type', 'text/plain'],
        ['content-encoding', 'gzip'],
        ['content-encoding', 'identity'],
        ['accept', 'application/xml'],
        ['authorization', 'Basic x'],
        ['x-acs-action', 'DeleteDevice'],
        ['x-acs-signature-nonce', 'other'],
        ['x-acs-date', '2024-01-02T03:05:05Z'],
        ['x-forwarded-for', '10.0.0.1'],
        ['transfer-encoding', 'chunked'],
      ),
      fc.boolean(),
    )
    .map(
      ([header, alone]): Rewriting =>
        (call) => {
          const others = alone ? call.headers.filter(([name]) => name !== header[0]) : call.headers
          return { ...call, headers: [...others, header] }
        },
    ),
)

/** The same text, written with other escapes. */
const escaped: fc.Arbitrary<(text: string) => string> = one(
  (text: string) => text.replace(/[A-Za-z]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
  (text: string) => text.replaceAll('%20', '+'),
  (text: string) => text.replace(/%[0-9A-F]{2}/g, (c) => c.toLowerCase()),
  (text: string) => text.replaceAll('%2B', '+'),
  (text: string) =>
    text.replace(/%(?!2[56B]|3D)([2-7][0-9A-F])/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  (text: string) => text.replace('=', '%3D'),
  (text: string) => text.toLowerCase(),
)

const added = one(
  '',
  'x=',
  'x',
  '=',
  'SignatureNonce=other',
  'SignatureNonce=',
  'SignatureNonce.1=x',
  'Signature=',
  'Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D',
  'Action=DeleteDevice',
  'DeviceName=other',
  'Timestamp=2024-01-02T03:04:06Z',
  '%53ignatureNonce=other',
)

const onPieces = (rewrite: (pieces: readonly string[]) => readonly string[], inBody: boolean): Rewriting => {
  if (!inBody) return (call) => ({ ...call, query: rewrite(call.query) })
  return (call) => ({ ...call, body: rewrite(call.body.split('&')).join('&') })
}

const onParameters: fc.Arbitrary<Rewriting> = fc.oneof(
  fc
    .tuple(place, escaped, fc.boolean())
    .map(([at, write, inBody]) =>
      onPieces(
        (pieces) => replaceAt(pieces, at, write(pieces[at % Math.max(1, pieces.length)] ?? '')),
        inBody,
      ),
    ),
  fc
    .tuple(place, fc.boolean())
    .map(([at, inBody]) =>
      onPieces((pieces) => [...pieces, pieces[at % Math.max(1, pieces.length)] ?? ''], inBody),
    ),
  fc.tuple(place, fc.boolean()).map(([at, inBody]) => onPieces((pieces) => replaceAt(pieces, at), inBody)),
  fc.boolean().map((inBody) => onPieces((pieces) => pieces.toReversed(), inBody)),
  fc.tuple(added, fc.boolean()).map(([piece, inBody]) => onPieces((pieces) => [...pieces, piece], inBody)),
  // Moves one or all parameters from the query into the body, or back.
  one<Rewriting>(
    (call) => ({ ...call, query: [], body: [...call.query, call.body].filter(Boolean).join('&') }),
    (call) => ({ ...call, query: [...call.query, ...call.body.split('&')], body: '' }),
    (call) => ({
      ...call,
      query: call.query.slice(1),
      body: [call.query[0], call.body].filter(Boolean).join('&'),
    }),
  ),
)

const onBody: fc.Arbitrary<Rewriting> = one<Rewriting>(
  (call) => ({ ...call, body: `${call.body}\r\n` }),
  (call) => ({ ...call, body: ` ${call.body}` }),
  (call) => ({ ...call, body: `${call.body}&` }),
  (call) => ({ ...call, body: call.body.replaceAll('--b', '--c') }),
  (call) => ({ ...call, body: call.body.replace('\r\n\r\n', '\r\nContent-Type: text/plain\r\n\r\n') }),
  // A form as a multipart form, and a multipart one as a form.
  (call) => ({
    ...call,
    headers: [
      ...call.headers.filter(([name]) => name !== 'content-type'),
      ['content-type', 'multipart/form-data; boundary=b'],
    ],
    body: multipart('b', [...new URLSearchParams(call.body)]),
  }),
  (call) => ({
    ...call,
    headers: call.headers.filter(([name]) => name !== 'content-type'),
    body: [...call.body.matchAll(/name="(.*)"\r\n\r\n(.*)\r\n/g)]
      .map(([, name, value]) => `${name}=${percentEncode(value!)}`)
      .join('&'),
  }),
)

const onTarget: fc.Arbitrary<Rewriting> = fc.oneof(
  one('GET', 'POST', 'PUT', 'HEAD', 'post', 'OPTIONS').map(
    (method): Rewriting =>
      (call) => ({ ...call, method }),
  ),
  one('//', '/x', '/./', '/%2e', '/;x', 'http://localhost/', 'http://other/', '*', '/#').map(
    (path): Rewriting =>
      (call) => ({ ...call, path }),
  ),
)

/** The parts of an Authorization header in other orders, cases and spacing. */
const onAuthorization: fc.Arbitrary<Rewriting> = one(
  (text: string) => text.replace(/^(\S+) (.*),(Signature=.*)$/, '$1 $3,$2'),
  (text: string) => text.replaceAll(',', ' , '),
  (text: string) => text.replaceAll(',', ',\xa0'),
  (text: string) => text.replace('ACS3', 'acs3'),
  (text: string) => text.replace(/SignedHeaders=([^,]*)/, (all) => all.toUpperCase()),
  (text: string) => text.replace(/SignedHeaders=([^,]*)/, 'SignedHeaders=$1;host'),
  (text: string) => text.replace(/SignedHeaders=([^;]*);([^,]*)/, 'SignedHeaders=$2;$1'),
  (text: string) => text.replace(/SignedHeaders=[^;]*;/, 'SignedHeaders='),
  (text: string) => `${text},SignedHeaders=host`,
  (text: string) => `${text},Credential=other`,
  (text: string) =>
    text.replace(/Signature=.*/, (all) => all.toUpperCase().replace('SIGNATURE', 'Signature')),
).map(
  (write): Rewriting =>
    (call) => ({
      ...call,
      headers: call.headers.map(([name, value]) =>
        name === 'authorization' ? ([name, write(value)] as const) : ([name, value] as const),
      ),
    }),
)

/** Any of them. */
export const rewriting = fc.oneof(
  { weight: 6, arbitrary: onHeaders },
  { weight: 5, arbitrary: onParameters },
  { weight: 2, arbitrary: onBody },
  { weight: 1, arbitrary: onTarget },
  { weight: 2, arbitrary: onAuthorization },
)

/** Bytes of a request that are changed, put in or taken out, wherever they stand. */
export const damage = fc.record({
  at: fc.nat(100_000),
  byte: fc.oneof(one(0x20, 0x09, 0xa0, 0x2c, 0x0d, 0x0a, 0x26, 0x2b), fc.nat(255)),
  removed: fc.nat(1),
  added: fc.nat(1),
})
