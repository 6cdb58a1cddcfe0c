/**
 * Whether a client id asks for RRPC on any topic: bit 0 of `ext` among its parameters, `id|k=v,ext=1|` (mqtt-facts
 * §1.2). SDKs put blanks and line breaks around the pairs.
 */
export function takesExtendedRrpc(clientId: string): boolean {
  const [, ext] = /\|(?:[^|]*,)?\s*ext\s*=\s*(\d{1,6})\s*[,|]/.exec(clientId) ?? []
  return (Number(ext ?? 0) & 1) === 1
}
