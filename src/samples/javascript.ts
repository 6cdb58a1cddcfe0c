import { displayed, type SampledCall } from './call.ts'
import { program, title } from './lines.ts'
import { inJavaScript } from './literals.ts'

/** The older official client, which signs in version 1.0. */
export function javascript(call: SampledCall): string {
  const { parameters, remarks } = displayed(call)
  return program(
    `// ${title(call.action, 'v1')}`,
    "import popCore from '@alicloud/pop-core'",
    '',
    'const client = new popCore.RPCClient({',
    '  accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,',
    '  accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,',
    `  endpoint: process.env.ROLLCALL_ENDPOINT ?? ${inJavaScript(call.endpoint)},`,
    `  apiVersion: ${inJavaScript(call.version)},`,
    '})',
    '',
    remarks.map((remark) => `// ${remark}`),
    'const parameters = {',
    parameters.map(([name, value]) => `  ${inJavaScript(name)}: ${inJavaScript(value)},`),
    '}',
    '',
    'try {',
    `  const answer = await client.request(${inJavaScript(call.action)}, parameters, { method: 'POST' })`,
    '  // The client hides the HTTP status; it throws if the answer has a Code.',
    '  console.log(JSON.stringify(answer, null, 2))',
    '  process.exitCode = answer.Success ? 0 : 1',
    '} catch (error) {',
    '  // An exception has the code, and the answer in data if there was one.',
    '  console.log(error.code, JSON.stringify(error.data ?? error.message, null, 2))',
    '  process.exitCode = 1',
    '}',
  )
}
