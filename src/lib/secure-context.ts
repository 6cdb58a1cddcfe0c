/** A certificate chain and its private key in PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** TLS 1.3, and the authenticated TLS 1.2 ciphers with forward secrecy. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':')

/** Creates the options of a server's TLS context; omitted ones would get node's defaults. */
export const secureContext = ({ cert, key }: Certificate) =>
  ({ cert, key, ciphers, minVersion: 'TLSv1.2', honorCipherOrder: true }) as const
