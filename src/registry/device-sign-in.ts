import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import {
  type ClientId,
  clientIdMax,
  parseClientId,
  parseUserName,
  passwordContent,
  type SignHash,
  signHashOf,
} from '../signature/device-password.ts'
import type { DeviceKey, FoundSignIn, SignInCandidates, SignInStore } from '../storage/storage.ts'
import type { DeviceSecrets } from './device-secrets.ts'
import { failedSignIns } from './failed-sign-ins.ts'
import type { TopicClass, TopicClasses } from './topic-classes.ts'

/** The parts of a device's CONNECT that identify it. */
export interface DeviceSignInAttempt {
  /** The complete client ID, with its parameters between bars. */
  readonly clientId: string
  readonly userName: string | undefined
  readonly password: Uint8Array | undefined
  /** The device's IP address, without a port. */
  readonly address: string
  /** The product of the listener or SNI name, for bare user names. */
  readonly gatewayProductKey?: string | undefined
}

export type DeviceSignInResult =
  | { readonly kind: 'accepted'; readonly device: ConnectingDevice }
  | { readonly kind: 'refused'; readonly reason: DeviceSignInRefusal; readonly detail: string }

/**
 * - `identifier`: the client ID or its parameters are malformed
 * - `credentials`: wrong password, unknown device or unknown product; the same error for all, so that names
 *   can't be probed
 * - `disabled`: the credentials are right and the device is disabled
 * - `throttled`: too many failed sign-ins of this user name or address; nothing was verified
 */
export type DeviceSignInRefusal = 'identifier' | 'credentials' | 'disabled' | 'throttled'

/** A device with verified credentials. */
export interface ConnectingDevice extends DeviceKey {
  readonly productKey: string
  readonly account: number
  /** Whether the device may use topics without a topic class: true for one-party products. */
  readonly hasFreeTopics: boolean
  /** Returns the product's current topic classes. */
  readonly topicClasses: () => readonly TopicClass[]
}

/** Signs in devices of all accounts. */
export interface DeviceSignIn {
  /**
   * Verifies a device's credentials against the current store: it reads the device's row for each sign-in,
   * together with other concurrent sign-ins. Only decrypted blocks of secrets are cached; the batch and number
   * of a deleted device are never reused.
   * @returns a refusal includes a line for the log with names but no secret
   * @throws Unavailable if the store can't answer
   */
  signIn(attempt: DeviceSignInAttempt): Promise<DeviceSignInResult>
}

/** Maximum number of one-party products that are searched for a bare user name (design §8). */
const candidatesMax = 32

/** The value that a password is compared with. */
type Proof =
  /** The secret itself, for one-party products. */
  { readonly kind: 'secret' } | { readonly kind: 'hmac'; readonly hash: SignHash; readonly client: ClientId }

/** Possible device names are short and limited to these characters; other names are not looked up. */
const isPlausible = (name: string) => /^[\x21-\x7e]{1,64}$/.test(name)
/** Parses a password as a hexadecimal HMAC in either case; undefined if it is something else. */
function hmacIn(password: Uint8Array): Buffer | undefined {
  if (![32, 40, 64].includes(password.length)) return undefined
  const text = Buffer.from(password).toString('latin1')
  return /^[0-9a-f]+$/i.test(text) ? Buffer.from(text, 'hex') : undefined
}

const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()

/** Compares the received password in constant time, also for an unknown device. */
function isRight(
  proof: Proof,
  password: Uint8Array,
  secret: string,
  name: string,
  productKey: string,
): boolean {
  if (proof.kind === 'secret') return timingSafeEqual(digest(password), digest(secret))
  const { hash, client } = proof
  const expected = createHmac(hash, secret)
    .update(passwordContent(client, name, productKey))
    .digest()
  const sent = hmacIn(password) ?? Buffer.alloc(0)
  return timingSafeEqual(sent.length === expected.length ? sent : Buffer.alloc(expected.length), expected)
}

export function deviceSignIn(
  store: SignInStore,
  secrets: DeviceSecrets,
  topics: TopicClasses,
  clock: Clock,
): DeviceSignIn {
  const failures = failedSignIns(clock)

  async function matching(
    proof: Proof,
    password: Uint8Array,
    name: string,
    found: readonly FoundSignIn[],
  ): Promise<FoundSignIn[]> {
    // An unknown name takes the same work as a wrong password.
    if (found.length === 0) isRight(proof, password, '', name, '')
    const matches: FoundSignIn[] = []
    for (const one of found) {
      const secret = await secrets.secretOf(one.product.account, one.device)
      const right = isRight(proof, password, secret ?? '', name, one.product.productKey)
      if (secret !== undefined && right && mayUse(proof, one)) matches.push(one)
    }
    return matches
  }

  async function verify(attempt: DeviceSignInAttempt): Promise<DeviceSignInResult> {
    const { userName, password } = attempt
    if (userName === undefined || password === undefined)
      return refused('credentials', 'the device sent no user name or no password')
    const client = parseClientId(attempt.clientId)
    const { deviceName, productKey } = parseUserName(userName)
    const proof = proofOf(client, productKey, password)
    if ('reason' in proof) return proof
    const candidates = candidatesOf(productKey, attempt.gatewayProductKey, client)
    const isLookedFor =
      isPlausible(deviceName) && (candidates === 'one-party' || candidates.productKeys.every(isPlausible))
    const found = isLookedFor ? await store.devicesNamed(deviceName, candidates, candidatesMax) : []
    if (found === undefined) return refused('credentials', tooManyProducts)
    const matches = await matching(proof, password, deviceName, found)
    const [match] = matches
    if (match === undefined) return refused('credentials', whyNone(proof, candidates))
    if (matches.length > 1) return refused('credentials', ambiguous(deviceName, matches))
    const { product, device } = match
    if (device.disabled)
      return refused('disabled', `the device ${device.name} is disabled; EnableThing enables it`)
    return {
      kind: 'accepted',
      device: {
        product: product.id,
        number: device.number,
        name: device.name,
        productKey: product.productKey,
        account: product.account,
        hasFreeTopics: product.authType === 'one-party',
        topicClasses: await topics.current(product),
      },
    }
  }

  return {
    async signIn(attempt) {
      const { userName = '', address } = attempt
      if (failures.isThrottled(userName, address))
        return refused('throttled', 'too many failed sign-ins of this user name or address in a minute')
      const result = await verify(attempt)
      if (result.kind === 'refused' && result.reason !== 'disabled') failures.note(userName, address)
      return result
    },
  }
}

const refused = (reason: DeviceSignInRefusal, detail: string) =>
  ({ kind: 'refused', reason, detail }) as const

/**
 * Returns the expected proof, derived only from the request, so that it reveals nothing about registered
 * devices.
 */
function proofOf(client: ClientId, productKey: string | undefined, password: Uint8Array) {
  if (productKey === undefined) return { kind: 'secret' } as const
  const { parameters } = client
  if (parameters === undefined) {
    // A device of a one-party product sends its product as deviceName&productKey, with the secret itself as
    // password.
    if (hmacIn(password) === undefined) return { kind: 'secret' } as const
    return refused(
      'identifier',
      'the client id has no parameters between bars: id|securemode=3,signmethod=hmacsha256|',
    )
  }
  if (client.id.length > clientIdMax)
    return refused(
      'identifier',
      `the client id has more than ${clientIdMax} characters before its parameters`,
    )
  const hash = signHashOf(parameters)
  if (hash === undefined)
    return refused(
      'identifier',
      'the client id names an unknown signmethod; hmacmd5, hmacsha1 and hmacsha256 are known',
    )
  return { kind: 'hmac', hash, client } as const
}

function candidatesOf(
  productKey: string | undefined,
  gatewayProductKey: string | undefined,
  { parameters }: ClientId,
): SignInCandidates {
  const key = productKey ?? gatewayProductKey ?? parameters?.get('productKey')
  return key === undefined || key === '' ? 'one-party' : { productKeys: [key] }
}

/** Only devices of one-party products send the secret itself; devices with certificates sign nothing. */
const mayUse = (proof: Proof, { product }: FoundSignIn) =>
  proof.kind === 'secret' ? product.authType === 'one-party' : product.authType !== 'x509'

const productMeans =
  'bind a port or an SNI name to the product (--mqtt-gateway), or send productKey= in the client id'

const tooManyProducts = `a bare user name is looked for in at most ${candidatesMax} one-party products, and there are more; ${productMeans}`

const ambiguous = (name: string, matches: readonly FoundSignIn[]) =>
  `the products ${matches.map(({ product }) => product.productKey).join(', ')} have a device ${name} with this secret; ${productMeans}`

const whyNone = (proof: Proof, candidates: SignInCandidates) =>
  proof.kind === 'secret'
    ? `no one-party product${candidates === 'one-party' ? '' : ` ${candidates.productKeys.join()}`} has this device with this secret`
    : 'the product has no such device, or the password is not the HMAC of its parameters with the DeviceSecret'
