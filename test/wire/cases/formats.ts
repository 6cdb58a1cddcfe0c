import type { Parameter } from '../../../src/signature/percent.ts'
import { deviceList, multipart, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { product } from '../../support/wire-server.ts'

const fields = { ...product, ...deviceList(['light-0001', 'secret']) }
const check = { Action: 'BatchCheckImportDevice', ...fields }
const good = { status: 200, members: {} }

/** Which format an answer has, and the ways in which clients send one and the same call (wire-facts §2.4). */
export const formatCases: readonly WireCase[] = [
  {
    name: 'v1-without-format',
    shows: 'Without Format a V1 caller is answered in XML.',
    call: () => v1(check)(undefined),
    formats: ['XML'],
    ...good,
  },
  {
    name: 'v3-without-format',
    shows: 'Without Format a V3 caller is answered in JSON.',
    call: () => v3('BatchCheckImportDevice', fields)(undefined),
    formats: ['JSON'],
    ...good,
  },
  {
    name: 'v3-accepts-anything',
    shows: 'An Accept header that names XML beside anything else leaves a V3 caller with JSON.',
    call: () =>
      v3('BatchCheckImportDevice', fields, { afterwards: { accept: 'application/xml, */*' } })(undefined),
    formats: ['JSON'],
    ...good,
  },
  {
    name: 'v3-accept',
    shows: 'The Accept header of a V3 caller chooses the format.',
    call: v3('BatchCheckImportDevice', fields),
    ...good,
  },
  {
    name: 'v3-format',
    shows: 'Under V3 a parameter Format wins over the Accept header.',
    call: (format) =>
      v3('BatchCheckImportDevice', { ...fields, Format: format })(format === 'XML' ? 'JSON' : 'XML'),
    ...good,
  },
  {
    name: 'lower-case-format',
    shows: 'Format is read in any case of letters: json, as the newer clients send it, and xml.',
    call: (format) => v1({ ...check, Format: format!.toLowerCase() })(undefined),
    ...good,
  },
  {
    name: 'v1-query-and-form',
    shows: 'Common parameters in the query and the rest in a form are signed as one.',
    call: (format) => {
      const { body, ...call } = v1(check)(format)
      const isFields = ([name]: readonly [string, string]) => name in fields
      const parameters = body as readonly (readonly [string, string])[]
      return {
        ...call,
        query: parameters.filter((parameter) => !isFields(parameter)),
        body: parameters.filter(isFields),
      }
    },
    ...good,
  },
  {
    name: 'v1-query-empty-body',
    shows: 'A POST may carry everything in the query.',
    call: (format) => {
      const { body, headers, ...call } = v1(check)(format)
      return { ...call, headers: { host: headers.host! }, query: body as [string, string][], body: '' }
    },
    ...good,
  },
  {
    name: 'v3-form',
    shows: 'V3 with the parameters in a form, as the typed clients of 2023 send them.',
    call: v3('BatchCheckImportDevice', fields, { in: 'form' }),
    ...good,
  },
  {
    name: 'v3-json-body',
    shows: 'V3 with a JSON body, as one generation of the Java client sends it.',
    call: v3('BatchCheckImportDevice', product, {
      body: '{"DeviceList":[{"DeviceName":"light-0001","DeviceSecret":"secret","Sn":null}]}',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    }),
    ...good,
  },
  {
    name: 'v1-multipart',
    shows: 'V1 with its parameters as the parts of a multipart form.',
    call: (format) => {
      const { body, ...call } = v1(check)(format)
      const [action, ...others] = body as readonly Parameter[]
      return {
        ...call,
        headers: { ...call.headers, 'content-type': 'multipart/form-data; boundary="a b"' },
        query: [action!],
        body: multipart('a b', others),
      }
    },
    ...good,
  },
  {
    name: 'v3-multipart',
    shows: 'V3 with a multipart form, whose content type is signed.',
    call: v3('BatchCheckImportDevice', product, {
      body: multipart('x', Object.entries(deviceList(['light-0001', 'secret']))),
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }),
    ...good,
  },
  {
    name: 'plus-is-a-space',
    shows: 'A plus sign in a query or form is a space, which no device name has.',
    call: v3('BatchCheckImportDevice', product, {
      body: 'DeviceList.1.DeviceName=light+0001&DeviceList.1.DeviceSecret=s',
    }),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [
          { DeviceName: 'light 0001', DeviceSecret: 's', ErrorMsg: 'The device name is illegal.' },
        ],
        InvalidDeviceNameList: ['light 0001'],
        InvalidDeviceSecretList: [],
        InvalidSnList: [],
        RepeatedDeviceNameList: [],
      },
    },
  },
]
