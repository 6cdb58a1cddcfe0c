import { parseClientId } from '../signature/device-password.ts'

/** Whether a client id asks for RRPC on any topic: bit 0 of `ext` among its parameters (mqtt-facts §1.2). */
export const takesExtendedRrpc = (clientId: string): boolean =>
  (Number(parseClientId(clientId).parameters?.get('ext') ?? 0) & 1) === 1
