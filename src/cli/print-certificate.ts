import { resolve } from 'node:path'
import type { SelfSigned } from '../tls/self-signed.ts'

/** How clients come to trust a certificate that Rollcall made. */
export function printCertificate({ file, cert, fingerprint }: SelfSigned): string {
  const where =
    file === undefined
      ? `It is kept in memory. Put it into a file for them, such as tls.crt:\n\n${cert}`
      : `  NODE_EXTRA_CA_CERTS=${resolve(file)}   (Node.js; others: docs/guide/running.md)\n`
  return `
The certificate is Rollcall's own; clients must be told to trust it. SHA-256 fingerprint:

  ${fingerprint}

${where}`
}
