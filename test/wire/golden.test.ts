import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failures } from '../../src/api/failures.ts'
import { refusals } from '../../src/rpc/refusals.ts'
import type { Format } from '../../src/rpc/render.ts'
import { host, type WireCall } from '../support/wire-call.ts'
import { type Exchange, formatsOf, type PlacedCase, play } from '../support/wire-case.ts'
import {
  goldenPath,
  goldenPaths,
  goldenText,
  readGolden,
  removeGolden,
  updating,
  writeGolden,
} from '../support/wire-golden.ts'
import { asReadFromXml, assertMembers, readXml } from '../support/wire-members.ts'
import { requestId } from '../support/wire-server.ts'
import { cases } from './cases.ts'

const rows = cases.flatMap((wireCase) => formatsOf(wireCase).map((format) => ({ wireCase, format })))

for (const { wireCase, format } of rows) {
  test(`${wireCase.folder} ${wireCase.name} in ${format}: ${wireCase.shows}`, async () => {
    const exchange = await play(wireCase, format)
    assertHead(exchange, wireCase, format)
    assertBody(exchange, wireCase, format)
    assert.equal(exchange.bug !== undefined, wireCase.settings?.broken === true, String(exchange.bug))

    const path = goldenPath(wireCase, format)
    const text = goldenText(wireCase.shows, exchange)
    if (updating) writeGolden(path, text)
    assert.equal(text, readGolden(path), `${path} differs; UPDATE_GOLDEN=1 npm test -- wire writes it anew`)
  })
}

/** The texts that clients compare byte for byte (wire-facts §3, §12.21). */
const contentTypes = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' }

function assertHead({ answer }: Exchange, wireCase: PlacedCase, format: Format): void {
  assert.equal(answer.status, wireCase.status)
  assert.deepEqual(answer.headers, {
    'Content-Type': contentTypes[format],
    'x-acs-request-id': requestId,
    ...wireCase.headers,
  })
}

/** The body has the members that the case expects, and no others. */
function assertBody({ answer, call }: Exchange, wireCase: PlacedCase, format: Format): void {
  const refused = wireCase.code !== undefined && !(wireCase.code in failures)
  const expected = refused ? refusalOf(wireCase, call) : answerOf(wireCase)
  if (format === 'JSON') assertMembers(JSON.parse(answer.body), expected)
  else {
    const { root, members } = readXml(answer.body)
    // The root follows the status: clients that raise on 4xx look for Error and nothing else (wire-facts §1).
    assert.equal(root, answer.status >= 400 ? 'Error' : `${actionOf(call!)}Response`)
    assertMembers(members, asReadFromXml(expected))
  }
}

/** A refusal (wire-facts §3). */
const refusalOf = ({ code, message }: PlacedCase, call: WireCall | undefined) => ({
  RequestId: requestId,
  Message: wholeOrBeginning(message!),
  Recommend: `https://api.aliyun.com/troubleshoot?q=${code}&product=Iot&requestId=${requestId}`,
  HostId: call === undefined ? 'rollcall' : host,
  Code: code,
})

/** An action's answer: its own members, or a failure (wire-facts §4), whose text stands in two members. */
function answerOf({ code, message, members }: PlacedCase) {
  if (code === undefined) return { RequestId: requestId, Success: true, ...members }
  const ErrorMessage = wholeOrBeginning(message!)
  return {
    RequestId: requestId,
    Success: false,
    Code: code,
    ErrorMessage,
    Message: ErrorMessage,
    ...members,
  }
}

const wholeOrBeginning = (message: string) =>
  message.endsWith('…')
    ? new RegExp(`^${message.slice(0, -1).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}`)
    : message

const actionOf = ({ headers, query, body }: WireCall) =>
  headers['x-acs-action'] ?? new Map([...query, ...(typeof body === 'string' ? [] : body)]).get('Action')

test('every code of both error tables has an exchange in JSON and one in XML', () => {
  for (const format of ['JSON', 'XML'] as const) {
    const shown = new Set(
      rows.filter((row) => row.format === format).map(({ wireCase: { row, code } }) => row ?? code),
    )
    const missing = [...Object.keys(refusals), ...Object.keys(failures)].filter((code) => !shown.has(code))
    assert.deepEqual(missing, [], format)
  }
})

test('every operation has a golden answer for success', () => {
  const operations = new Set(cases.map(({ folder }) => folder).filter((folder) => folder !== 'gateway'))
  for (const { folder, code } of cases) if (code === undefined) operations.delete(folder)
  assert.deepEqual([...operations], [])
})

test('every golden file has a case, and every case has its own file', () => {
  const expected = rows.map(({ wireCase, format }) => goldenPath(wireCase, format))
  assert.equal(new Set(expected).size, expected.length, 'two cases have one name')
  const stray = goldenPaths().filter((path) => !expected.includes(path))
  if (updating) for (const path of stray) removeGolden(path)
  else assert.deepEqual(stray, [])
})
