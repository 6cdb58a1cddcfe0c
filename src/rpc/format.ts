import { header, type Request } from '../lib/http-message.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'
import type { Format } from './render.ts'
import type { Scheme } from './scheme.ts'

/** The format without the parameter Format: XML for V1, JSON for V3 unless Accept names XML (wire-facts §12.1, design §6). */
function defaultFormat(request: Request, { version }: Scheme): Format {
  if (version === 'v1') return 'XML'
  const accept = header(request, 'accept') ?? ''
  return /\b(application|text)\/xml\b/i.test(accept) && !/json|\*\/\*/i.test(accept) ? 'XML' : 'JSON'
}

/** The format of a refusal that precedes the reading of parameters, guessed from the first 4 KiB. */
export function guessedFormat(request: Request, scheme: Scheme): Format {
  const first = request.bytes.toString('latin1', 0, Math.min(request.end, 4096))
  const [, format] = /(?:^|&)Format=(json|xml)(?:&|$)/i.exec(first) ?? []
  return format === undefined ? defaultFormat(request, scheme) : (format.toUpperCase() as Format)
}

/** @throws Refusal InvalidParameter.Format unless Format is JSON or XML, in upper or lower case */
export function formatOf(request: Request, scheme: Scheme, table: ParameterTable): Format {
  const format = textParameter(table, 'Format')?.toUpperCase()
  if (format === undefined) return defaultFormat(request, scheme)
  if (format !== 'JSON' && format !== 'XML') throw new Refusal('InvalidParameter.Format')
  return format
}
