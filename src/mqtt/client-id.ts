import { parseClientId } from '../signature/device-password.ts'

/** Reports whether a client ID asks for RRPC on any topic: bit 0 of its parameter `ext` (mqtt-facts §1.2). */
export const takesExtendedRrpc = (clientId: string): boolean =>
  (Number(parseClientId(clientId).parameters?.get('ext') ?? 0) & 1) === 1
