/** A certificate chain and its private key, PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** TLS 1.3, and of TLS 1.2 what keeps past connections secret when the key becomes known, authenticated. */
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

/** A certificate with all that a server's TLS is set to; a context that lacks part of it takes node's default. */
export const secureContext = ({ cert, key }: Certificate) =>
  ({ cert, key, ciphers, minVersion: 'TLSv1.2', honorCipherOrder: true }) as const
