import { header, type Request } from '../lib/http-message.ts'
import { type AuthorizationV3, parseAuthorizationV3 } from '../signature/v3.ts'

/** The signature version of a request and, under V3, its Authorization header; undefined if that is malformed. */
export type Scheme =
  | { readonly version: 'v1' }
  | { readonly version: 'v3'; readonly authorization: AuthorizationV3 | undefined }

/**
 * Decides how a request is signed. An Authorization header that begins with ACS means V3; everything else is read as
 * V1. Later versions (ACS4-…) are refused later, by their algorithm.
 */
export function schemeOf(request: Pick<Request, 'headers'>): Scheme {
  const authorization = header(request, 'authorization')
  return authorization?.startsWith('ACS')
    ? { version: 'v3', authorization: parseAuthorizationV3(authorization) }
    : { version: 'v1' }
}
