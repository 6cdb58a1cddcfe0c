import { resolve } from 'node:path'
import type { SelfSigned } from '../tls/self-signed.ts'

/** Explains how clients trust a generated certificate. */
export function printCertificate({ file, cert, fingerprint }: SelfSigned): string {
  const where =
    file === undefined
      ? `The certificate is in memory only. Save it in a file for the clients, such as tls.crt:\n\n${cert}`
      : `  NODE_EXTRA_CA_CERTS=${resolve(file)}   (Node.js; others: docs/guide/running.md)\n`
  return `
The certificate is Rollcall's own; clients must be told to trust it. SHA-256 fingerprint:

  ${fingerprint}

${where}`
}
