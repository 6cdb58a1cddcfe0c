import { displayed, type SampledCall } from './call.ts'
import { program, title } from './lines.ts'
import { inShell } from './literals.ts'

/** Rollcall's own command; it reads the access key and ROLLCALL_ENDPOINT from the environment. */
export function rollcall(call: SampledCall): string {
  const { parameters, remarks } = displayed(call)
  return program(
    `# ${title(call.action, call.signature)}`,
    remarks.map((remark) => `# ${remark}`),
    parameters.some(([name]) => name.startsWith('DeviceList.')) && wholeFiles[call.action] !== undefined
      ? `# A whole file of devices: npx --no-install rollcall ${wholeFiles[call.action]} devices.csv --product <ProductKey>`
      : undefined,
    parameters.some(([, value]) => value.includes('\0'))
      ? '# A shell has no place for U+0000: it is left out.'
      : undefined,
    `export ROLLCALL_ENDPOINT=\${ROLLCALL_ENDPOINT:-${inShell(call.endpoint)}}`,
    [
      `npx --no-install rollcall call ${call.action}${call.signature === 'v1' ? ' --signature v1' : ''}`,
      ...parameters.map(([name, value]) => `  ${inShell(`${name}=${value}`)}`),
    ].join(' \\\n'),
  )
}

const wholeFiles: Readonly<Record<string, string>> = {
  BatchCheckImportDevice: 'check',
  BatchImportDevice: 'import',
}
