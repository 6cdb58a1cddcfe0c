import { decoded, type Pasted, readPasted } from './pasted.ts'
import { percentEncode } from './percent.ts'

/** A reason for the difference of two strings. */
export type Reason =
  | { readonly kind: TextMistake }
  /** Parameters or headers that only one of the two has, or that have different values. */
  | { readonly kind: 'missing' | 'extra' | 'value' | 'timestamp'; readonly names: readonly string[] }

export type TextMistake =
  | 'trailingNewline'
  | 'lineEnds'
  | 'escapedNewlines'
  | 'noEmptyLine'
  | 'hexCase'
  | 'plusForSpace'
  | 'starNotEncoded'
  | 'marksNotEncoded'
  | 'tildeEncoded'
  | 'valuesNotEncoded'
  | 'notEncodedTwice'
  | 'slashNotEncoded'
  | 'noAmpersand'
  | 'method'
  | 'order'
  | 'numericOrder'
  | 'signatureIncluded'
  | 'unicodeForm'
  | 'hexForBase64'
  | 'base64ForHex'
  | 'keyWithoutAmpersand'
  | 'keyWithAmpersand'

/** A typical mistake, and the text that a client with that mistake computes. */
interface Hypothesis {
  readonly kind: TextMistake
  readonly of: (ours: string, theirs: string) => string
}

const replacing = (
  kind: TextMistake,
  ...pairs: readonly (readonly [RegExp | string, string])[]
): Hypothesis => ({
  kind,
  of: (ours) => pairs.reduce((text, [from, to]) => text.replaceAll(from, to), ours),
})

const lower = (text: string) => text.toLowerCase()
const lowerHex = (text: string) => text.replace(/%(?:25)?[0-9A-F]{2}/g, lower)
const marks = { '%21': '!', '%27': "'", '%28': '(', '%29': ')', '%2A': '*' }

/**
 * Each mistake for a text that is percent-encoded once (a canonical query), and for one that is encoded twice
 * (V1's string to sign), in which the client may have made it in the first encoding, the second, or both.
 */
const hypotheses: readonly Hypothesis[] = [
  { kind: 'trailingNewline', of: (ours) => `${ours}\n` },
  { kind: 'trailingNewline', of: (ours) => `${ours}\r\n` },
  replacing('lineEnds', ['\n', '\r\n']),
  replacing('escapedNewlines', ['\n', '\\n']),
  replacing('noEmptyLine', ['\n\n', '\n']),
  { kind: 'hexCase', of: (ours) => ours.replace(/%25[0-9A-F]{2}/g, lower) },
  { kind: 'hexCase', of: lowerHex },
  { kind: 'hexCase', of: (ours) => ours.replace(/%(?!25)[0-9A-F]{2}/g, lower) },
  {
    kind: 'hexCase',
    of: (ours) => ours.replace(/^([A-Z]+&%2F&)(.*)$/, (_, head, rest) => head + lowerHex(rest)),
  },
  { kind: 'hexCase', of: (ours) => (/^[0-9a-f]+$/.test(ours) ? ours.toUpperCase() : ours) },
  replacing('plusForSpace', ['%2520', '%2B']),
  replacing('plusForSpace', ['%2520', '+']),
  replacing('plusForSpace', ['%20', '+']),
  replacing('starNotEncoded', ['%252A', '%2A']),
  replacing('starNotEncoded', ['%252A', '*']),
  replacing('starNotEncoded', ['%2A', '*']),
  { kind: 'marksNotEncoded', of: (ours) => ours.replace(/%25(2[1789A])/g, '%$1') },
  {
    kind: 'marksNotEncoded',
    of: (ours) => ours.replace(/%25(2[1789A])/g, (_, c) => marks[`%${c}` as keyof typeof marks]),
  },
  {
    kind: 'marksNotEncoded',
    of: (ours) => ours.replace(/%2[1789A]/g, (c) => marks[c as keyof typeof marks]),
  },
  replacing('tildeEncoded', ['~', '%257E']),
  replacing('tildeEncoded', ['~', '%7E']),
  {
    kind: 'notEncodedTwice',
    of: (ours) => ours.replace(/^([A-Z]+&%2F&)(.*)$/, (_, head, rest) => head + decodeURIComponent(rest)),
  },
  {
    kind: 'valuesNotEncoded',
    of: (ours) =>
      ours.replace(
        /^([A-Z]+&%2F&)(.*)$/,
        (_, head, rest) => head + percentEncode(decodeURIComponent(decodeURIComponent(rest))),
      ),
  },
  // A decoded text may contain a literal %.
  { kind: 'valuesNotEncoded', of: (ours) => (/^\w[\w.]*=/.test(ours) ? (decoded(ours) ?? ours) : ours) },
  replacing('slashNotEncoded', ['&%2F&', '&/&']),
  replacing('noAmpersand', [/^([A-Z]+)&/g, '$1']),
  replacing('noAmpersand', [/^([A-Z]+&%2F)&/g, '$1']),
  replacing('noAmpersand', [/^([A-Z]+)&%2F&/g, '$1%2F']),
  {
    kind: 'method',
    of: (ours, theirs) => ours.replace(/^[A-Z]+(?=[&\n])/, /^[A-Za-z]+(?=[&\n])/.exec(theirs)?.[0] ?? '$&'),
  },
  { kind: 'unicodeForm', of: (ours) => reencoded(ours, (text) => text.normalize('NFD')) },
  { kind: 'unicodeForm', of: (ours) => reencoded(ours, (text) => text.normalize('NFC')) },
  { kind: 'hexForBase64', of: (ours) => (/^[\w+/]{27}=$/.test(ours) ? hexOf(ours) : ours) },
  { kind: 'base64ForHex', of: (ours) => (/^[0-9a-f]{64}$/.test(ours) ? base64Of(ours) : ours) },
]

/** Applies a change to the characters outside ASCII, encoded once or twice. */
const reencoded = (text: string, change: (text: string) => string) =>
  text.replace(/(?:%(?:25)?[89A-F][0-9A-F])+/g, (run) => {
    const twice = run.startsWith('%25')
    try {
      const once = percentEncode(change(decodeURIComponent(twice ? run.replaceAll('%25', '%') : run)))
      return twice ? once.replaceAll('%', '%25') : once
    } catch {
      return run
    }
  })

const hexOf = (base64: string) =>
  [...atob(base64)].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
const base64Of = (hex: string) =>
  btoa(String.fromCharCode(...hex.match(/../g)!.map((byte) => Number.parseInt(byte, 16))))

/**
 * Finds the likely reason for the difference: a mistake that turns ours into theirs; otherwise the one that
 * explains the longest part of theirs; otherwise differing parameters and headers.
 * @param common number of equal leading code units
 */
export function reasonOf(ours: string, theirs: string, common: number): Reason | undefined {
  const made = hypotheses.map(({ kind, of }) => ({ kind, text: of(ours, theirs) }))
  const exact = made.find(({ text }) => text === theirs)
  if (exact !== undefined) return { kind: exact.kind }
  const best = made
    .map(({ kind, text }) => ({ kind, reach: text === ours ? 0 : commonLength(text, theirs) }))
    .sort((a, b) => b.reach - a.reach)[0]!
  // A few more equal characters may be chance.
  return best.reach > common + 2 ? { kind: best.kind } : ofMembers(ours, theirs)
}

/** Counts the equal leading code units of two texts. */
export function commonLength(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  let i = 0
  while (i < end && a.charCodeAt(i) === b.charCodeAt(i)) i++
  return i
}

function ofMembers(ours: string, theirs: string): Reason | undefined {
  const [mine, yours] = [readPasted(ours), readPasted(theirs)]
  if (mine === undefined || yours === undefined || mine.version !== yours.version) return undefined
  const [a, b] = [membersOf(mine), membersOf(yours)]
  const extra = [...b.keys()].filter((name) => !a.has(name))
  if (extra.includes('Signature')) return { kind: 'signatureIncluded' }
  const missing = [...a.keys()].filter((name) => !b.has(name))
  if (missing.length > 0) return { kind: 'missing', names: missing }
  if (extra.length > 0) return { kind: 'extra', names: extra }
  const other = [...a].filter(([name, value]) => b.get(name) !== value).map(([name]) => name)
  const time = other.find((name) => name === 'Timestamp' || name === 'x-acs-date')
  if (time !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(b.get(time)!))
    return { kind: 'timestamp', names: [time] }
  if (other.length > 0) return { kind: 'value', names: other }
  const order = [...b.keys()]
  if (order.join('\n') === [...a.keys()].join('\n')) return undefined
  return { kind: order.join('\n') === [...order].sort(numerically).join('\n') ? 'numericOrder' : 'order' }
}

const membersOf = ({ parameters, headers }: Pasted) => new Map([...parameters, ...headers])

/** Compares as a reader would sort: DeviceList.2 before DeviceList.10. */
function numerically(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [p, q] = [x[i]!, y[i]!]
    if (p === q) continue
    const isNumbers = /^\d+$/.test(p) && /^\d+$/.test(q)
    return isNumbers ? Number(p) - Number(q) : p < q ? -1 : 1
  }
  return x.length - y.length
}
