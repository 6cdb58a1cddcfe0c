/** The summary of an answer. */
export interface Summary {
  readonly requestId: string
  /** Empty for a success. */
  readonly code: string
  /** The message of the failure or refusal. */
  readonly message: string
  readonly isSuccess: boolean
}

/** Extracts the summary from an answer in JSON or XML. */
export function summaryOf(status: number, text: string): Summary {
  const member = text.trimStart().startsWith('<') ? xmlMembers(text) : jsonMembers(text)
  const requestId = member('RequestId')
  return {
    requestId,
    code: member('Code'),
    message: member('ErrorMessage') || member('Message'),
    isSuccess: status === 200 && requestId !== '' && member('Success') !== 'false',
  }
}

function jsonMembers(text: string): (name: string) => string {
  let answer: Readonly<Record<string, unknown>> | null = null
  try {
    answer = JSON.parse(text)
  } catch {}
  return (name) => String(answer?.[name] ?? '')
}

/** Reads the direct children of the root element, before and after its data. */
function xmlMembers(text: string): (name: string) => string {
  const outside = text.replace(/<Data>[\s\S]*<\/Data>/, '')
  return (name) => {
    const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(outside)
    return found === null ? '' : unescaped(found[1]!)
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })

/** Formats an answer with one member per line, keeping numbers and texts as sent. */
export const indented = (text: string) =>
  text.trimStart().startsWith('<') ? indentedXml(text) : indentedJson(text)

function indentedJson(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  const out: string[] = []
  let depth = 0
  let isOpened = false
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = token === '}' || token === ']'
    if (closes) depth--
    if (isOpened !== closes && (isOpened || closes)) out.push(newLine(depth))
    out.push(token === ':' ? ': ' : token)
    isOpened = token === '{' || token === '['
    if (isOpened) depth++
    if (token === ',') out.push(newLine(depth))
  }
  return out.join('')
}

const newLine = (depth: number) => `\n${'  '.repeat(depth)}`

function indentedXml(text: string): string {
  const out: string[] = []
  let depth = 0
  let previous: 'open' | 'close' | 'text' | undefined
  for (const [token] of text.matchAll(/<[^>]*>|[^<]+/g)) {
    if (!token.startsWith('<')) {
      // White space between elements; answers have no mixed content.
      if (token.trim() === '') continue
      out.push(token)
      previous = 'text'
      continue
    }
    const closes = token.startsWith('</')
    if (closes) depth--
    if (previous !== undefined && !(closes && previous !== 'close')) out.push(newLine(depth))
    out.push(token)
    const isOpen = !closes && !token.endsWith('/>') && !token.startsWith('<?')
    if (isOpen) depth++
    previous = isOpen ? 'open' : 'close'
  }
  return out.join('')
}
