import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Format } from '../../src/rpc/render.ts'
import type { Parameter } from '../../src/signature/percent.ts'
import type { TextAnswer } from './api-server.ts'
import type { WireCall } from './wire-call.ts'
import type { Exchange, PlacedCase } from './wire-case.ts'

/**
 * Golden files: what an exchange is for, the request, an empty line, the answer. Of the request each parameter
 * has a line, decoded so that it can be read; of the answer every header and the body as it is, to the byte.
 * `UPDATE_GOLDEN=1 npm test -- wire` writes them anew.
 */
export const updating = process.env.UPDATE_GOLDEN === '1'

const folder = fileURLToPath(new URL('../wire/golden/', import.meta.url))

export const goldenPath = ({ folder, name }: Pick<PlacedCase, 'folder' | 'name'>, format: Format) =>
  `${folder}/${name}.${format.toLowerCase()}.http`

/** The paths of all golden files, as goldenPath gives them. */
export const goldenPaths = () =>
  globSync('**/*.http', { cwd: folder }).map((path) => path.replaceAll('\\', '/'))

export function readGolden(path: string): string | undefined {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined
}

export function writeGolden(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

export const removeGolden = (path: string) => rmSync(join(folder, path))

export function goldenText(shows: string, { call, answer }: Exchange): string {
  return [`# ${shows}`, '', requestText(call), '', answerText(answer)].join('\n')
}

function requestText(call: WireCall | undefined): string {
  if (call === undefined) return '# The listener could not take the request.'
  const { method, path, headers, query, body } = call
  const lines = parameterLines(query)
  const target = [`${method} ${path}${lines.length > 0 ? '?' : ''}${lines[0] ?? ''}`, ...lines.slice(1)]
  const head = [...target, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  const bodyLines = typeof body === 'string' ? [shown(body)] : parameterLines(body)
  return [...head, ...(bodyLines.join('') === '' ? [] : ['', ...bodyLines])].join('\n')
}

/** So many parameters are shown of a long call, from its beginning and its end. */
const shownFirst = 12
const shownLast = 12

function parameterLines(parameters: readonly Parameter[]): string[] {
  const lines = parameters.map(([name, value], i) => `${i === 0 ? '' : '&'}${shown(name)}=${shown(value)}`)
  const left = lines.length - shownFirst - shownLast
  if (left < shownFirst + shownLast) return lines
  return [...lines.slice(0, shownFirst), `# … and ${left} parameters more …`, ...lines.slice(-shownLast)]
}

/** Characters that a line can't show become \u escapes. */
const shown = (text: string) =>
  text.replace(
    /[\p{Cc}\p{Cn}\p{Cs}\u2028\u2029]/gu,
    (c) => `\\u${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
  )

function answerText({ status, headers, body }: TextAnswer): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status}`, ...lines, '', body, ''].join('\n')
}

/** The answer that a case's golden file holds. */
export function goldenAnswer(wireCase: Pick<PlacedCase, 'folder' | 'name'>, format: Format): TextAnswer {
  const path = goldenPath(wireCase, format)
  const text = readGolden(path)
  if (text === undefined) throw new Error(`there is no ${path}; UPDATE_GOLDEN=1 npm test -- wire writes it`)
  const answer = text.slice(text.indexOf('\nHTTP/1.1 ') + 1)
  const headEnd = answer.indexOf('\n\n')
  const [start, ...lines] = answer.slice(0, headEnd).split('\n')
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
  return {
    status: Number(start!.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: answer.slice(headEnd + 2, -1),
  }
}
