/** The Base64 of a SHA-1 digest: 27 characters and an equals sign. */
export const isSignatureV1 = (signature: string) => /^[A-Za-z0-9+/]{27}=$/.test(signature)

/** A SHA-256 digest in lower-case hexadecimal. */
export const isSignatureV3 = (signature: string) => /^[0-9a-f]{64}$/.test(signature)

type Oddity = readonly [pattern: RegExp, sentence: string]

/** In order of precedence; later ones may apply as well. */
const ofEither: readonly Oddity[] = [
  [/[\r\n]$/, 'The Signature ends with a line break: remove it before the request is signed and sent.'],
  [/^\s|\s$/, 'The Signature has white space at its beginning or end: remove it.'],
  [/^".*"$|^'.*'$/s, 'The Signature stands in quotation marks: remove them.'],
]

const ofV1: readonly Oddity[] = [
  ...ofEither,
  [
    /%(?:25)*(?:2[bf]|3d)/i,
    'The Signature is percent-encoded twice (its = arrived as %3D): encode it once, with the other parameters.',
  ],
  [
    /^[A-Za-z0-9+/ ]{27}=$/,
    'The Signature has a space where Base64 has a plus sign: in a query or a form a plus sign is written %2B.',
  ],
  [
    /^[0-9a-f]{40}$/i,
    'The Signature is the digest in hexadecimal: send the Base64 of its 20 bytes (28 characters).',
  ],
  [
    /^[0-9a-f]{64}$/i,
    'The Signature is 64 hexadecimal digits, as of HMAC-SHA256: send the Base64 of the 20 bytes of HMAC-SHA1.',
  ],
  [
    /^[A-Za-z0-9+/]{54}==$/,
    'The Signature is the Base64 of 40 characters: encode the 20 bytes of the digest, not their hexadecimal form.',
  ],
  [
    /^[A-Za-z0-9+/]{43}=$/,
    'The Signature is the Base64 of 32 bytes, as of HMAC-SHA256: SignatureMethod HMAC-SHA1 makes 20.',
  ],
  [/^[A-Za-z0-9+/]{27}$/, 'The Signature lacks the equals sign that Base64 of 20 bytes ends with.'],
  [/^[A-Za-z0-9_-]{27}=?$/, 'The Signature is Base64 of the URL alphabet (- and _): use + and /.'],
]

const ofV3: readonly Oddity[] = [
  ...ofEither,
  [/^[0-9a-f]{64}$/i, 'The Signature has upper-case digits: V3 writes hexadecimal in lower case.'],
  [/^[0-9a-f]{40}$/i, 'The Signature is 40 hexadecimal digits, as of SHA-1: V3 signs with HMAC-SHA256.'],
  [/^[A-Za-z0-9+/]{43}=$/, 'The Signature is Base64: V3 writes the 32 bytes as 64 hexadecimal digits.'],
]

/** Describes in one sentence why a V1 Signature is not the Base64 of a SHA-1 digest. */
export const oddityOfV1 = (signature: string) =>
  found(ofV1, signature) ??
  `The Signature has ${signature.length} characters; the Base64 of an HMAC-SHA1 has 28, the last of them an equals sign.`

/** Describes in one sentence why a V3 Signature is not a SHA-256 digest. */
export const oddityOfV3 = (signature: string) =>
  found(ofV3, signature) ??
  `The Signature has ${signature.length} characters; an HMAC-SHA256 is 64 lower-case hexadecimal digits.`

/** A signature has at most a hundred characters; patterns are not searched in longer texts. */
const searchedMax = 200

const found = (oddities: readonly Oddity[], signature: string) =>
  signature.length > searchedMax ? undefined : oddities.find(([pattern]) => pattern.test(signature))?.[1]
