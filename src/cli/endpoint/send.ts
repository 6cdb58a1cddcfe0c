import { createHash, createHmac } from 'node:crypto'
import { Agent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { Send } from '../../client/client.ts'
import { Unreachable } from '../../client/outcome.ts'
import type { Hashes } from '../../client/sign.ts'
import { CliError } from '../cli-error.ts'

/** Errors that occur before any byte of the request is sent. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|CERT_HAS_EXPIRED)$/

/**
 * Sends with node:http or node:https on keep-alive connections.
 * @param silenceMsMax abort after this many milliseconds without data
 * @param trusted a certificate to trust besides Node.js' own
 */
export function sender(silenceMsMax: number, trusted?: string): { readonly send: Send; close(): void } {
  const ca = trusted === undefined ? {} : { ca: [...rootCertificates, trusted] }
  const agents = {
    'http:': new Agent({ keepAlive: true }),
    'https:': new SecureAgent({ keepAlive: true, ...ca }),
  }
  const send: Send = ({ url, headers, body }) => {
    const { protocol, host } = new URL(url)
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => {
        const other = otherProtocol(protocol, error)
        if (other !== undefined) {
          const there = `${other === 'http:' ? 'plain HTTP' : 'TLS'} there: ${other}//${host}`
          // A retry would be as useless.
          return reject(new CliError('usage', `${host} speaks ${there}`))
        }
        const why = error.message || error.code || 'no reason given'
        reject(new Unreachable(`${host}: ${why}`, !beforeSending.test(error.code ?? ''), error))
      }
      const outgoing = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': String(body.length) },
        agent: agents[protocol as keyof typeof agents],
      })
      outgoing.setTimeout(silenceMsMax, () => {
        outgoing.destroy(new Error(`no response for ${silenceMsMax / 1000} seconds`))
      })
      outgoing.on('error', fail)
      outgoing.on('response', (incoming: IncomingMessage) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', fail)
        incoming.on('end', () => {
          const header = (name: string) => {
            const value = incoming.headers[name]
            return Array.isArray(value) ? value[0] : value
          }
          resolve({ status: incoming.statusCode!, header, text: Buffer.concat(chunks).toString() })
        })
      })
      outgoing.end(body)
    })
  }
  return {
    send,
    close() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

/** Returns the protocol that the server actually speaks, if its response shows another than the one used. */
function otherProtocol(called: string, error: NodeJS.ErrnoException): 'http:' | 'https:' | undefined {
  if (called === 'https:' && /wrong version number|packet length too long|http request/.test(error.message)) {
    return 'http:'
  }
  // A TLS alert record instead of a response line.
  const { rawPacket } = error as { readonly rawPacket?: Buffer }
  return called === 'http:' && rawPacket?.[0] === 0x15 && rawPacket[1] === 3 ? 'https:' : undefined
}

/** The hashes for signatures, from node:crypto. */
export const hashes: Hashes = {
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest('hex'),
  hmacSha1: (key, data) => createHmac('sha1', key).update(data).digest('base64'),
}
