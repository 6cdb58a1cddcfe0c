import { header, type Request } from '../lib/http-message.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'
import type { Format } from './render.ts'
import { isV3 } from './signed-request.ts'

/**
 * The form that an answer takes when Format is absent: XML for V1 callers, JSON for V3 callers unless Accept
 * names XML (wire-facts §12.1, design §6).
 */
function formatByDefault(request: Request): Format {
  if (!isV3(request)) return 'XML'
  const accept = header(request, 'accept') ?? ''
  return /\b(application|text)\/xml\b/i.test(accept) && !/json|\*\/\*/i.test(accept) ? 'XML' : 'JSON'
}

/**
 * The form of a refusal that comes before the parameters could be read: a look at the first bytes tells what
 * the caller most probably asked for.
 */
export function formatAtFirstSight(request: Request): Format {
  const first = request.bytes.toString('latin1', 0, Math.min(request.end, 4096))
  const [, format] = /(?:^|&)Format=(json|xml)(?:&|$)/i.exec(first) ?? []
  return format === undefined ? formatByDefault(request) : (format.toUpperCase() as Format)
}

/** @throws Refusal InvalidParameter.Format for other than JSON or XML, in any case of letters */
export function formatOf(request: Request, table: ParameterTable): Format {
  const format = textParameter(table, 'Format')?.toUpperCase()
  if (format === undefined) return formatByDefault(request)
  if (format !== 'JSON' && format !== 'XML') throw new Refusal('InvalidParameter.Format')
  return format
}
