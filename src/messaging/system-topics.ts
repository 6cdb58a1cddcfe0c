import type { SignedInDevice, UpMessage } from '../mqtt/service.ts'
import {
  type AlinkCode,
  type AlinkRequest,
  alinkAnswer,
  isObject,
  readAlink,
  readJson,
} from '../rules/alink.ts'
import { type DeviceAttribute, readAttributeKeys, readAttributes } from '../rules/device-attributes.ts'
import { answerShadow, type Shadow } from '../rules/shadow.ts'
import type { SystemTopics } from './hub.ts'

export interface SystemTopicsParts {
  readonly now: () => number
  readonly tags: DeviceTagStore
  readonly failed: (error: unknown, what: string) => void
}

/** The tags of devices, shared with SaveDeviceProp and QueryDeviceProp. */
export interface DeviceTagStore {
  /** Sets tags, all or none. @returns false if the device would have too many, or is gone */
  set(device: SignedInDevice, tags: readonly DeviceAttribute[]): Promise<boolean>
  delete(device: SignedInDevice, keys: readonly string[]): Promise<void>
}

/** Maximum shadows in memory: those of the devices that used them last. */
const shadowsMax = 10_000

const utf8 = new TextEncoder()

/** The outcome of a request on a topic under `/sys/${productKey}/${deviceName}/`. */
type Answered = { readonly code: AlinkCode; readonly data?: object }
type Answer = (device: SignedInDevice, request: AlinkRequest) => Answered | Promise<Answered>

/** Answers messages that devices send to the server itself. Answers need no subscription. */
export function systemTopics({ now, tags, failed }: SystemTopicsParts): SystemTopics {
  const shadows = new Map<number, Shadow>()
  const answers: readonly (readonly [RegExp, Answer])[] = [
    [/^thing\/event\/property\/(?:post|batch\/post|pack\/post|history\/post)$/, propertyPosted],
    [/^thing\/event\/[^/]+\/post$/, () => ({ code: 200 })],
    [/^thing\/deviceinfo\/update$/, tagsUpdated],
    [/^thing\/deviceinfo\/delete$/, tagsDeleted],
    [/^thing\/config\/get$/, () => ({ code: 200, data: {} })],
    [/^thing\/property\/desired\/(?:get|delete)$/, desired],
    [/^thing\/config\/log\/get$/, () => ({ code: 200, data: { getType: 'content', content: { mode: 0 } } })],
  ]

  async function tagsUpdated(device: SignedInDevice, { params }: AlinkRequest): Promise<Answered> {
    const read = readAttributes(params)
    if (typeof read === 'number') return { code: read }
    return (await tags.set(device, read)) ? { code: 200 } : { code: 6106 }
  }

  async function tagsDeleted(device: SignedInDevice, { params }: AlinkRequest): Promise<Answered> {
    const read = readAttributeKeys(params)
    if (typeof read === 'number') return { code: read }
    await tags.delete(device, read)
    return { code: 200 }
  }

  function shadow(device: SignedInDevice, payload: Uint8Array): object {
    const result = answerShadow(payload, shadows.get(device.number), Math.floor(now() / 1000))
    shadows.delete(device.number)
    shadows.set(device.number, result.shadow)
    if (shadows.size > shadowsMax) shadows.delete(shadows.keys().next().value!)
    return result.answer
  }

  return (device, message, reply) => {
    const { topic } = message
    const own = `${device.productKey}/${device.name}`
    const send = (to: string, answer: object) => reply(to, utf8.encode(JSON.stringify(answer)))
    if (topic === `/ext/ntp/${own}/request`) {
      const answer = ntp(message, now)
      if (answer !== undefined) send(`/ext/ntp/${own}/response`, answer)
      return true
    }
    if (topic === `/shadow/update/${own}`) {
      send(`/shadow/get/${own}`, shadow(device, message.payload))
      return true
    }
    const prefix = `/sys/${own}/`
    if (!topic.startsWith(prefix)) return false
    const rest = topic.slice(prefix.length)
    const answer = answers.find(([form]) => form.test(rest))?.[1]
    if (answer === undefined) return false
    const request = readAlink(message.payload)
    const method = rest.replaceAll('/', '.')
    const answered = (code: AlinkCode, data?: object) =>
      send(`${topic}_reply`, alinkAnswer(request, method, code, data))
    if (request === undefined) answered(6207)
    else
      Promise.resolve(answer(device, request)).then(
        ({ code, data }) => {
          if (request.wantsAnswer) answered(code, data)
        },
        (error) => failed(error, `a message on ${rest} could not be answered`),
      )
    return true
  }
}

/** Without a thing model any property is accepted, if the post has at least one. */
const propertyPosted: Answer = (_, { params }) => ({
  code: isObject(params) || Array.isArray(params) ? 200 : 460,
})

/** Desired properties are not stored, so a device gets none. */
const desired: Answer = (_, { params }) => ({ code: isObject(params) || Array.isArray(params) ? 200 : 460 })

/** Returns the times as texts or numbers, in the form of the device's own. */
function ntp({ payload }: UpMessage, now: () => number): object | undefined {
  const read = readJson(payload)
  if (!isObject(read)) return undefined
  const { deviceSendTime } = read
  const time = typeof deviceSendTime === 'number' ? now() : String(now())
  return { deviceSendTime, serverRecvTime: time, serverSendTime: time }
}
