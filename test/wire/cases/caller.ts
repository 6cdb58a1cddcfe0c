import { deviceList, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { inactiveKey, product } from '../../support/wire-server.ts'

const query = { Action: 'QueryProduct', ...product }

/** Refusals that have to do with who is calling: credentials, signature, clock, nonce, quota. */
export const callerCases: readonly WireCase[] = [
  {
    name: 'bearer-token',
    shows: 'A bearer token is refused by name, not told that its signature is missing.',
    call: v1({ ...query, SignatureType: 'BEARERTOKEN', BearerToken: 'token', Signature: undefined }),
    status: 400,
    code: 'InvalidSignatureType',
    message: 'Specified signature type is not supported: …',
  },
  {
    name: 'empty-signature-type',
    shows: 'The vendor’s Python client sends an empty SignatureType with every call; it means nothing.',
    call: v1({
      Action: 'QueryProductList',
      CurrentPage: '2',
      PageSize: '10',
      SignatureType: '',
      SecurityToken: '',
    }),
    status: 200,
    members: { Data: { CurrentPage: 2, PageSize: 10, PageCount: 1, Total: 2, List: { ProductInfo: [] } } },
  },
  {
    name: 'security-token',
    shows: 'A temporary credential under V1 is refused by name.',
    call: v1({ ...query, SecurityToken: 'CAIS' }),
    status: 400,
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
    message: 'Specified SecurityToken mismatches with the AccessKey…',
  },
  {
    name: 'security-token-v3',
    shows: 'A temporary credential under V3 is refused by name.',
    call: v3('QueryProduct', product, {
      headers: { 'x-acs-security-token': 'CAIS', 'x-acs-accesskey-id': 'testid' },
    }),
    status: 400,
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
    message: 'Specified SecurityToken mismatches with the AccessKey…',
  },
  {
    name: 'missing-access-key-id',
    shows: 'A call without credentials is told what it lacks first.',
    call: v1({ ...query, AccessKeyId: undefined, Signature: undefined }),
    status: 400,
    code: 'MissingAccessKeyId',
    row: 'MissingParameter',
    message: 'AccessKeyId is mandatory for this action.',
  },
  {
    name: 'missing-signature',
    shows: 'A call must be signed.',
    call: v1({ ...query, Signature: undefined }),
    status: 400,
    code: 'MissingSignature',
    row: 'MissingParameter',
    message: 'Signature is mandatory for this action.',
  },
  {
    name: 'missing-timestamp-v3',
    shows: 'A header that V3 needs is named as the parameter that it stands for.',
    call: v3('QueryProduct', product, { headers: { 'x-acs-date': undefined } }),
    status: 400,
    code: 'MissingTimestamp',
    row: 'MissingParameter',
    message: 'Timestamp is mandatory for this action.',
  },
  {
    name: 'invalid-signature-method',
    shows: 'V1 signs with HMAC-SHA1 alone.',
    call: v1({ ...query, SignatureMethod: 'HMAC-SHA256' }),
    status: 400,
    code: 'InvalidSignatureMethod',
    message: 'Specified signature method is not valid.',
  },
  {
    name: 'invalid-signature-method-v3',
    shows: 'V3 signs with HMAC-SHA256 alone.',
    call: v3('QueryProduct', product, {
      afterwards: { authorization: 'ACS3-HMAC-SM3 Credential=testid,SignedHeaders=host,Signature=00' },
    }),
    status: 400,
    code: 'InvalidSignatureMethod',
    message: 'Specified signature method is not valid.',
  },
  {
    name: 'invalid-signature-version',
    shows: 'The one SignatureVersion is 1.0.',
    call: v1({ ...query, SignatureVersion: '2.0' }),
    status: 400,
    code: 'InvalidSignatureVersion',
    message: 'Specified signature version is not valid. …',
  },
  {
    name: 'incomplete-signature',
    shows: 'A Signature that is no Base64 of a SHA-1 is malformed, and the server says what it signed.',
    call: v1(query, { signature: 'signature' }),
    status: 400,
    code: 'IncompleteSignature',
    message:
      'The request signature does not conform to Aliyun standards. The Signature has 9 characters; the Base64 of an HMAC-SHA1 has 28, the last of them an equals sign. server string to sign is:POST&%2F&…',
  },
  {
    name: 'incomplete-signature-v3',
    shows: 'An Authorization header without its fields is malformed.',
    call: v3('QueryProduct', product, { afterwards: { authorization: 'ACS3-HMAC-SHA256 testid' } }),
    status: 400,
    code: 'IncompleteSignature',
    message: 'The request signature does not conform to Aliyun standards. …',
  },
  {
    name: 'unsigned-header',
    shows: 'Under V3 every x-acs- header is signed, those that the server does not know too.',
    call: v3('QueryProduct', product, { afterwards: { 'x-acs-credentials-provider': 'static_ak' } }),
    status: 400,
    code: 'IncompleteSignature',
    message:
      'The request signature does not conform to Aliyun standards. The header x-acs-credentials-provider is not among …',
  },
  {
    name: 'malformed-timestamp',
    shows: 'A Timestamp is written in UTC with a Z.',
    call: v1({ ...query, Timestamp: '2024-01-02T11:04:05+08:00' }),
    status: 400,
    code: 'InvalidTimeStamp.Format',
    message: 'Specified time stamp or date value is not well formatted. …',
  },
  {
    name: 'late-timestamp',
    shows: 'A Timestamp more than 15 minutes behind the server’s clock has expired.',
    call: v1({ ...query, Timestamp: '2024-01-02T02:49:05Z' }),
    status: 400,
    code: 'InvalidTimeStamp.Expired',
    message:
      "Specified time stamp or date value is expired. 2024-01-02T02:49:05Z is 15 minutes 1 second behind the server's time, 2024-01-02T03:04:05Z; the limit is 15 minutes. Set the client's clock.",
  },
  {
    name: 'early-timestamp',
    shows: 'So has one more than 15 minutes ahead of it.',
    call: v3('QueryProduct', product, { headers: { 'x-acs-date': '2024-01-02T03:19:06Z' } }),
    status: 400,
    code: 'InvalidTimeStamp.Expired',
    message:
      "Specified time stamp or date value is expired. 2024-01-02T03:19:06Z is 15 minutes 1 second ahead of the server's time, …",
  },
  {
    name: 'local-timestamp',
    shows: 'Local time with a Z is the commonest mistake of all: China’s is 8 hours ahead.',
    call: v1({ ...query, Timestamp: '2024-01-02T11:04:05Z' }),
    status: 400,
    code: 'InvalidTimeStamp.Expired',
    message:
      "Specified time stamp or date value is expired. 2024-01-02T11:04:05Z is 8 hours ahead of the server's time, 2024-01-02T03:04:05Z; the limit is 15 minutes. Is it local time? The Z stands for UTC.",
  },
  {
    name: 'timestamp-with-milliseconds',
    shows: 'A Timestamp may have milliseconds, as JavaScript’s toISOString writes them.',
    call: v1({
      Action: 'QueryProductList',
      CurrentPage: '2',
      PageSize: '10',
      Timestamp: '2024-01-02T03:04:05.250Z',
    }),
    status: 200,
    members: { Data: { CurrentPage: 2, PageSize: 10, PageCount: 1, Total: 2, List: { ProductInfo: [] } } },
  },
  {
    name: 'unknown-access-key',
    shows: 'An AccessKeyId that nobody has is not found.',
    call: v1({ ...query, AccessKeyId: 'nobody' }),
    status: 404,
    code: 'InvalidAccessKeyId.NotFound',
    message: 'Specified access key is not found.',
  },
  {
    name: 'inactive-access-key',
    shows: 'A key that was disabled is refused.',
    call: v1({ ...query, AccessKeyId: inactiveKey.id }, { secret: inactiveKey.secret }),
    status: 400,
    code: 'InvalidAccessKeyId.Inactive',
    message: 'Specified access key is disabled.',
  },
  {
    name: 'wrong-signature',
    shows: 'A wrong V1 signature is answered with the server’s string to sign, which ends the message.',
    call: v1(
      { Action: 'BatchCheckImportDevice', ...product, ...deviceList(['灯 1', "!'()*~"]) },
      { secret: 'other' },
    ),
    status: 400,
    code: 'SignatureDoesNotMatch',
    message: 'Specified signature is not matched with our calculation. server string to sign is:POST&%2F&…',
  },
  {
    name: 'wrong-signature-v3',
    shows: 'A wrong V3 signature is answered with StringToSign and CanonicalRequest in brackets.',
    call: v3(
      'BatchCheckImportDevice',
      { ...product, ...deviceList(['灯 1', "!'()*~"]) },
      { secret: 'other' },
    ),
    status: 400,
    code: 'SignatureDoesNotMatch',
    row: 'SignatureDoesNotMatch.V3',
    message:
      'Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n…',
  },
  {
    name: 'changed-body',
    shows: 'Under V3 the body must have the hash that was signed.',
    call: (format) => ({
      ...v3(
        'BatchCheckImportDevice',
        { ...product, ...deviceList(['light-1', 's']) },
        { in: 'form' },
      )(format),
      body: 'ProductKey=a1TestKey01&DeviceList.1.DeviceName=light-2&DeviceList.1.DeviceSecret=s',
    }),
    status: 400,
    code: 'SignatureDoesNotMatch',
    row: 'SignatureDoesNotMatch.V3',
    message:
      'Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n…',
  },
  {
    name: 'used-nonce',
    shows: 'A nonce is good for one call.',
    before: [v1({ ...query, SignatureNonce: 'once' })],
    call: v1({ ...query, SignatureNonce: 'once' }),
    status: 400,
    code: 'SignatureNonceUsed',
    message: 'Specified signature nonce was used already.',
  },
  {
    name: 'throttled',
    shows: 'The 101st check of a second is refused, with the milliseconds to the second’s end.',
    before: Array.from({ length: 100 }, (_, i) =>
      v1({ Action: 'BatchCheckImportDevice', ...product, SignatureNonce: `before-${i}` }),
    ),
    call: v1({ Action: 'BatchCheckImportDevice', ...product, ...deviceList(['light-1', 's']) }),
    status: 400,
    code: 'Throttling.User',
    message: 'Request was denied due to user flow control.',
    headers: { 'x-acs-retry-after': '750' },
  },
]
