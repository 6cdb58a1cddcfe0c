import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { Random } from '../lib/random.ts'
import { FileCache } from './file-cache.ts'

/** A built web page, served from disk. */
export interface Site {
  /** The path prefix, such as /console/. */
  readonly prefix: string
  /** Whether the site serves GET and HEAD of this request target. */
  has(target: string): boolean
  serve(message: IncomingMessage, response: ServerResponse): Promise<void>
}

export interface SiteOptions {
  /** The path prefix, such as /console/. */
  readonly prefix: string
  readonly folder: string
  /** The response if the site was not built. */
  readonly absent: string
  readonly random: Random
  /** Fills the placeholders in the page; called for each request. */
  readonly fill?: (html: string) => string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
}

/** Compressed variants by file extension, smallest first. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

/** Placeholder for the nonce, which is generated for each response (scripts/build-console.ts). */
const noncePlace = /nonce="NONCE"/g

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Nothing but what this server serves, and no frames. */
const policyOf = (styles: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const policy = policyOf("'self'")
/** Styles that scripts add must carry the nonce. */
const policyWith = (nonce: string) => policyOf(`'self' 'nonce-${nonce}'`)

/**
 * Reads the names in a folder once: the site never serves anything else, whatever path a request has. Browsers may keep
 * the files of assets/ for good, since their names are made of their content; the page of a folder is its index.html.
 */
export function openSite({ prefix, folder, absent, random, fill = (html) => html }: SiteOptions): Site {
  const files = new Map<string, string>()
  for (const file of filesIn(folder)) files.set(prefix + file, join(folder, file))
  const page = files.get(`${prefix}index.html`)
  const html = page === undefined ? undefined : readFileSync(page, 'utf8')
  const bare = prefix.slice(0, -1)
  const kept = new FileCache()

  return {
    prefix,
    has: (target) => {
      const path = pathOf(target)
      return path === bare || path.startsWith(prefix)
    },
    async serve(message, response) {
      const path = pathOf(message.url!)
      if (path === bare) return end(response, 308, { Location: prefix }, '')
      if (html === undefined) return end(response, 404, { 'Content-Type': 'text/plain' }, absent)
      if (path === prefix || path === `${prefix}index.html`) {
        const nonce = random.bytes(16).toString('base64')
        return end(
          response,
          200,
          {
            'Content-Type': types['.html']!,
            'Cache-Control': 'no-store',
            'Content-Security-Policy': policyWith(nonce),
          },
          fill(html).replace(noncePlace, `nonce="${nonce}"`),
        )
      }
      const file = files.get(path.endsWith('/') ? `${path}index.html` : path)
      const type = file === undefined ? undefined : types[extname(file)]
      const nothing = () =>
        end(
          response,
          404,
          { 'Content-Type': 'text/plain' },
          `there is no file ${path.slice(0, pathMax)} here\n`,
        )
      if (file === undefined || type === undefined) return nothing()
      const accepted = String(message.headers['accept-encoding'] ?? '')
      const encoding = encodings.find(
        ({ name, ending }) => files.has(path + ending) && accepts(accepted, name),
      )
      const content = await kept.read(encoding === undefined ? file : file + encoding.ending)
      // Rebuilding the site deletes files that a running server has listed.
      if (content === undefined) return nothing()
      const isPage = type === types['.html']
      return end(
        response,
        200,
        {
          'Content-Type': type,
          'Cache-Control': path.startsWith(`${prefix}assets/`)
            ? 'public, max-age=31536000, immutable'
            : 'no-cache',
          ...(isPage && { 'Content-Security-Policy': policy }),
          Vary: 'Accept-Encoding',
          ...(encoding && { 'Content-Encoding': encoding.name }),
        },
        content,
      )
    },
  }
}

function end(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  response.writeHead(status, { ...everywhere, ...headers, 'Content-Length': Buffer.byteLength(body) })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** Browsers name about five codings in 40 characters; longer headers are ignored. */
const acceptedMax = 1024
/** Longer than any file's path. */
const pathMax = 1024

/** Whether an Accept-Encoding header allows a coding (RFC 9110 §12.5.3). */
const accepts = (header: string, coding: string) =>
  header.length < acceptedMax &&
  header.split(',').some((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    return name === coding && !parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter))
  })

const pathOf = (target: string) => target.split(/[?#]/, 1)[0]!

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, ''),
      )
  } catch {
    return []
  }
}
