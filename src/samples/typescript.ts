import { displayed, type SampledCall } from './call.ts'
import { program, title } from './lines.ts'
import { inJavaScript } from './literals.ts'

/** The current official client, with its generic call, which supports every operation. */
export function typescript(call: SampledCall): string {
  const { parameters, remarks } = displayed(call)
  return program(
    `// ${title(call.action, call.signature)}`,
    "import openapi from '@alicloud/openapi-client'",
    "import { RuntimeOptions } from '@alicloud/tea-util'",
    '',
    `const endpoint = new URL(process.env.ROLLCALL_ENDPOINT ?? ${inJavaScript(call.endpoint)})`,
    'const client = new openapi.default(',
    '  new openapi.Config({',
    '    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,',
    '    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,',
    '    endpoint: endpoint.host,',
    "    protocol: endpoint.protocol.replace(':', ''),",
    call.signature === 'v1' ? "    signatureAlgorithm: 'v2', // as this client calls version 1.0" : undefined,
    '  }),',
    ')',
    '',
    remarks.map((remark) => `// ${remark}`),
    'const parameters: Record<string, string> = {',
    parameters.map(([name, value]) => `  ${inJavaScript(name)}: ${inJavaScript(value)},`),
    '}',
    '',
    'const operation = new openapi.Params({',
    `  action: ${inJavaScript(call.action)},`,
    `  version: ${inJavaScript(call.version)},`,
    "  protocol: 'HTTPS',",
    "  method: 'POST',",
    "  pathname: '/',",
    "  authType: 'AK',",
    "  style: 'RPC',",
    "  reqBodyType: 'formData',",
    "  bodyType: 'json',",
    '})',
    'try {',
    '  const request = new openapi.OpenApiRequest({ body: parameters })',
    '  const { statusCode, body } = await client.callApi(operation, request, new RuntimeOptions({}))',
    "  console.log('HTTP', statusCode)",
    '  console.log(JSON.stringify(body, null, 2))',
    '  process.exitCode = body.Success ? 0 : 1',
    '} catch (error) {',
    '  // A status of 400 and above is thrown; data has the status and the answer.',
    '  const { message, data } = error as Error & { data?: object }',
    '  console.log(message)',
    '  if (data) console.log(JSON.stringify(data, null, 2))',
    '  process.exitCode = 1',
    '}',
  )
}
