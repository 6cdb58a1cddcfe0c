import { reasonCodes as code, type ReasonCode } from './packets/reason-codes.ts'
import type { CutReason } from './service.ts'

interface Refusal {
  /** MQTT 3 (§3.2.2.3). */
  readonly returnCode: 1 | 2 | 3 | 4 | 5
  /** MQTT 5, with its reason string. */
  readonly reason: ReasonCode
  readonly text: string
}

/** The reasons for which CONNECT is refused, with the CONNACK of each (mqtt-facts §1.5). */
export const refusals = {
  'protocol level': {
    returnCode: 1,
    reason: code.unsupportedProtocolVersion,
    text: 'MQTT 3.1, 3.1.1 and 5.0 are served',
  },
  identifier: {
    returnCode: 2,
    reason: code.clientIdentifierNotValid,
    text: 'the client id or its parameters are malformed',
  },
  'keep-alive': {
    returnCode: 2,
    reason: code.implementationSpecificError,
    text: 'the keep-alive must be 30 to 1200 seconds',
  },
  credentials: { returnCode: 4, reason: code.badUserNameOrPassword, text: 'wrong user name or password' },
  disabled: { returnCode: 5, reason: code.notAuthorized, text: 'the device is disabled' },
  throttled: {
    returnCode: 3,
    reason: code.connectionRateExceeded,
    text: 'too many failed sign-ins; retry in a minute',
  },
  'connect rate': {
    returnCode: 3,
    reason: code.connectionRateExceeded,
    text: 'the device connects too often; retry in a minute',
  },
  busy: { returnCode: 3, reason: code.serverBusy, text: 'too many devices connect at once; retry' },
  unavailable: { returnCode: 3, reason: code.serverUnavailable, text: 'the store can’t be used now; retry' },
  'authentication method': {
    returnCode: 5,
    reason: code.badAuthenticationMethod,
    text: 'no authentication method but user name and password is served',
  },
  'will QoS': { returnCode: 5, reason: code.qosNotSupported, text: 'QoS 2 is not served' },
} as const satisfies Record<string, Refusal>

export type RefusalKind = keyof typeof refusals

/** The MQTT 5 reason codes with which the server ends a connection. */
export const cutCodes: Readonly<Record<CutReason, ReasonCode>> = {
  'taken over': code.sessionTakenOver,
  deleted: code.administrativeAction,
  disabled: code.administrativeAction,
  'lease lost': code.serverBusy,
  'shutting down': code.serverShuttingDown,
}
