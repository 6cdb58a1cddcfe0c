import type { Parameter } from '../../src/signature/percent.ts'
import type { RequestV3 } from '../../src/signature/v3.ts'

/** The signature vectors of wire-facts §2. Every secret is `testsecret`. */
const pairs = (text: string): Parameter[] =>
  text.split(', ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])

export const business = pairs(
  'ProductKey=a1TestKey01, IotInstanceId=iot-1n8t0001, DeviceList.1.DeviceName=dev:01@x.y, ' +
    'DeviceList.1.DeviceSecret=s3cret_1, DeviceList.2.DeviceName=APT$, DeviceList.2.DeviceSecret=^67$, DeviceList.2.Sn=QC4001#',
)
const common = pairs(
  'AccessKeyId=testid, Action=BatchCheckImportDevice, Format=JSON, RegionId=cn-shanghai, SignatureMethod=HMAC-SHA1, ' +
    'SignatureNonce=nonce-0001, SignatureVersion=1.0, Timestamp=2024-01-02T03:04:05Z, Version=2018-01-20',
)

export const official: readonly {
  name: string
  method: string
  parameters: readonly Parameter[]
  signature: string
}[] = [
  {
    name: 'the IoT page’s own (Pub)',
    method: 'GET',
    parameters: pairs(
      'Action=Pub, AccessKeyId=testid, Format=XML, MessageContent=aGVsbG93b3JsZA=, ProductKey=12345abcdeZ, Qos=0, ' +
        'RegionId=cn-shanghai, ServiceCode=iot, SignatureMethod=HMAC-SHA1, ' +
        'SignatureNonce=0715a395-aedf-4a41-bab7-746b43d38d88, SignatureVersion=1.0, Timestamp=2017-10-02T09:39:41Z, ' +
        'TopicFullName=/productKey/testdevice/get, Version=2017-04-20',
    ),
    signature: 'Y9eWn4nF8QPh3c4zAFkM/k/u7eA=',
  },
  {
    name: 'the RPC page’s (DescribeDedicatedHosts)',
    method: 'GET',
    parameters: pairs(
      'AccessKeyId=testid, Action=DescribeDedicatedHosts, Format=JSON, RegionId=cn-beijing, SignatureMethod=HMAC-SHA1, ' +
        'SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb, SignatureVersion=1.0, Timestamp=2023-03-13T08:34:30Z, ' +
        'Version=2014-05-26',
    ),
    signature: '9NaGiOspFP5UPcwX8Iwt2YJXXuk=',
  },
  {
    name: 'BatchCheckImportDevice by GET',
    method: 'GET',
    parameters: [...common, ...business],
    signature: 'XHblFBd+E+YhzvjxMPYyqs7apUM=',
  },
  {
    name: 'BatchCheckImportDevice by POST',
    method: 'POST',
    parameters: [...common, ...business],
    signature: '2gI1NHjLOD68BBQ/IG97QOfXgFk=',
  },
]

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const bodyHash = '47023a935cea79b173428cf3df0b712b8744c1bf1329247005c6bde4bafa976e'

const headers = (payloadHash: string) =>
  new Map([
    ['host', ['iot.cn-shanghai.aliyuncs.com']],
    ['x-acs-action', ['BatchCheckImportDevice']],
    ['x-acs-content-sha256', [payloadHash]],
    ['x-acs-date', ['2024-01-02T03:04:05Z']],
    ['x-acs-signature-nonce', ['nonce-0001']],
    ['x-acs-version', ['2018-01-20']],
  ])

/** The two V3 vectors: the parameters in the query, and in a form body. */
export const device1: readonly {
  name: string
  request: RequestV3
  canonicalHash: string | undefined
  signature: string
}[] = [
  {
    name: 'parameters in the query',
    request: {
      method: 'POST',
      path: '/',
      query: business,
      headers: headers(emptyHash),
      signedHeaders: [...headers('').keys()],
      payloadHash: emptyHash,
    },
    canonicalHash: '5fc1821f8540d419e5c0947b8325c1939f3fa94a114f012d6d5e88500ba8f09e',
    signature: 'f91d715709f7edf18fc837b56b8db23fa18b518eb24b2c101129cf276206dc49',
  },
  {
    name: 'parameters in a form body',
    request: {
      method: 'POST',
      path: '/',
      query: [],
      headers: headers(bodyHash).set('content-type', ['application/x-www-form-urlencoded']),
      signedHeaders: [
        'content-type',
        'host',
        'x-acs-action',
        'x-acs-content-sha256',
        'x-acs-date',
        'x-acs-signature-nonce',
        'x-acs-version',
      ],
      payloadHash: bodyHash,
    },
    canonicalHash: undefined,
    signature: '33ca919f2339519448111dd272dfa939e555f28eb777ecdd522c8f667d72e8a5',
  },
]
