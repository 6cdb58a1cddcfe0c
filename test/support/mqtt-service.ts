import type {
  Attachment,
  Connection,
  DownMessage,
  MqttService,
  SignedInDevice,
  SignInAttempt,
  SignInResult,
  Subscription,
  UpMessage,
} from '../../src/mqtt/service.ts'
import { takesOwnTopics } from './mqtt-topics.ts'

interface Session {
  subscriptions: Subscription[]
  /** QoS 1 messages that the device has not acknowledged, by MessageId. */
  readonly waiting: Map<number, DownMessage>
  connection: Connection | undefined
}

/** The service for tests of the MQTT door: device accounts, sessions and messages in memory. */
export class MemoryService implements MqttService {
  /** Passwords by user name. */
  readonly passwords = new Map<string, string>()
  readonly disabled = new Set<string>()
  readonly devices = new Map<string, SignedInDevice>()
  readonly sessions = new Map<string, Session>()
  /** Devices that go on with their sessions at another node. */
  readonly resumedElsewhere = new Set<string>()
  readonly attempts: SignInAttempt[] = []
  readonly published: (UpMessage & { readonly device: string })[] = []
  /** The events of each connection reported by the door, in order. */
  readonly told: string[] = []
  /** Called for each message of a device; PUBACK waits for the result. */
  onPublished: (device: string, message: UpMessage) => Promise<void> | undefined = () => undefined
  /** Called before a sign-in is answered. */
  beforeSignIn: (attempt: SignInAttempt) => Promise<void> = async () => {}
  #messages = 0

  /** Adds a device whose password is `secret`. */
  add(name: string, given: Partial<SignedInDevice> = {}): SignedInDevice {
    const device = takesOwnTopics({ name, number: this.devices.size + 1, ...given })
    for (const userName of [name, `${name}&${device.productKey}`]) {
      this.passwords.set(userName, 'secret')
      this.devices.set(userName, device)
    }
    return device
  }

  async signIn(attempt: SignInAttempt): Promise<SignInResult> {
    this.attempts.push(attempt)
    await this.beforeSignIn(attempt)
    const { userName = '', password } = attempt
    const secret = this.passwords.get(userName)
    if (secret === undefined || Buffer.from(password ?? []).toString() !== secret)
      return { kind: 'refused', reason: 'credentials' }
    if (this.disabled.has(userName)) return { kind: 'refused', reason: 'disabled' }
    return { kind: 'accepted', device: this.devices.get(userName)! }
  }

  async attach(device: SignedInDevice, connection: Connection): Promise<Attachment> {
    const former = this.sessions.get(device.name)
    former?.connection?.cut('taken over')
    const kept = connection.clean ? undefined : former
    const session: Session = {
      subscriptions: kept?.subscriptions ?? [],
      waiting: kept?.waiting ?? new Map(),
      connection,
    }
    this.sessions.set(device.name, session)
    return this.#attachment(device, session, connection, kept !== undefined)
  }

  /** Sends a message as the hub does: QoS 1 is kept until acknowledged. */
  send(
    device: string,
    topic: string,
    payload: string | Uint8Array,
    qos: 0 | 1 = 0,
    more: Partial<DownMessage> = {},
  ) {
    const message = {
      id: ++this.#messages,
      topic,
      payload: Buffer.from(payload),
      qos,
      ...more,
    } as DownMessage
    const session = this.sessions.get(device)
    if (qos === 1) session?.waiting.set(message.id, message)
    return session?.connection?.deliver(message)
  }

  #attachment(
    { name }: SignedInDevice,
    session: Session,
    connection: Connection,
    sessionPresent: boolean,
  ): Attachment {
    const resend = () => {
      for (const message of session.waiting.values())
        if (connection.deliver({ ...message, duplicate: true }) === 'full') return
    }
    return {
      sessionPresent,
      subscriptions: session.subscriptions,
      ready: resend,
      published: (message) => {
        this.published.push({ device: name, ...message })
        return this.onPublished(name, message)
      },
      subscribed: (added) => {
        const filters = added.map(({ filter }) => filter)
        session.subscriptions = session.subscriptions.filter(({ filter }) => !filters.includes(filter))
        session.subscriptions.push(...added)
      },
      unsubscribed: (filters) => {
        session.subscriptions = session.subscriptions.filter(({ filter }) => !filters.includes(filter))
      },
      acknowledged: (id) => {
        session.waiting.delete(id)
        this.told.push(`${name} acknowledged ${id}`)
      },
      drained: () => this.told.push(`${name} drained`),
      isResumed: async () => this.resumedElsewhere.has(name),
      ended: (reason, detail) => {
        this.told.push(`${name} ended: ${detail ?? reason}`)
        if (session.connection === connection) session.connection = undefined
        if (connection.sessionExpirySeconds === 0 && this.sessions.get(name) === session)
          this.sessions.delete(name)
      },
    }
  }
}
