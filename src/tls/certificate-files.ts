import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { ConfigurationError } from '../lib/configuration-error.ts'

/**
 * Reads the operator's certificate and key.
 * @throws ConfigurationError naming the flag whose file is invalid
 */
export function readCertificate(files: { readonly cert: string; readonly key: string }) {
  const read = (flag: string, file: string) => {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      throw new ConfigurationError(`${flag} ${file} can't be read: ${(error as Error).message}`)
    }
  }
  const pair = { cert: read('--tls-cert', files.cert), key: read('--tls-key', files.key) }
  try {
    createSecureContext(pair)
  } catch (error) {
    throw new ConfigurationError(
      `--tls-cert ${files.cert} and --tls-key ${files.key} don't fit: ${(error as Error).message}`,
    )
  }
  return pair
}
