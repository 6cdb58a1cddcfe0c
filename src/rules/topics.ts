import { utf8Length } from '../lib/bytes.ts'

/**
 * The topics that a device may use. A device may use only its own topics: those with its ProductKey and
 * DeviceName and, in one-party products, all free topics, of which each device has its own set. Two devices
 * never share a topic, so a filter is matched only against one device's messages.
 */

/** Bytes of a topic or filter (mqtt-facts §1.7). */
export const topicBytesMax = 128

/** A device, with the permissions that its product gives it. */
export interface TopicScope {
  readonly productKey: string
  readonly name: string
  readonly hasFreeTopics: boolean
  readonly topicClasses: () => readonly {
    readonly template: string
    readonly operation: 'SUB' | 'PUB' | 'ALL'
  }[]
}

/** Topics of a one-party product: letters, digits, _ and /; the platform's own prefixes are excluded. */
const freeTopic = /^[A-Za-z0-9_/]+$/
const freeFilter = /^[A-Za-z0-9_/+#]+$/

/** Reports whether a text is a valid topic name: not empty, no wildcard, at most 128 bytes. */
export const isTopic = (text: string): boolean =>
  text !== '' && !/[+#\0]/.test(text) && utf8Length(text) <= topicBytesMax

/** Reports whether a text is a valid filter (MQTT §4.7.1): `+` fills a level, `#` the last one. */
export function isFilter(text: string): boolean {
  if (text === '' || text.includes('\0') || utf8Length(text) > topicBytesMax) return false
  const levels = text.split('/')
  return levels.every((level, i) => {
    if (level.includes('#')) return level === '#' && i === levels.length - 1
    return !level.includes('+') || level === '+'
  })
}

/**
 * Reports whether a topic matches a filter (MQTT §4.7). A wildcard in the first level doesn't match a topic
 * that begins with `$`.
 */
export function matches(filter: string, topic: string): boolean {
  if (filter === topic) return true
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  let [f, t] = [0, 0]
  while (f < filter.length) {
    const sign = filter[f]
    if (sign === '#') return true
    if (sign === '+') {
      while (t < topic.length && topic[t] !== '/') t++
      f++
    } else if (t < topic.length && sign === topic[t]) {
      f++
      t++
    } else {
      // `a/#` includes its parent `a`.
      return t === topic.length && filter.slice(f) === '/#'
    }
  }
  return t === topic.length
}

/** Returns the filter of `$share/GROUP/FILTER` (MQTT 5); undefined if the group or filter is missing. */
export function withoutShare(filter: string): string | undefined {
  if (!filter.startsWith('$share/')) return filter
  const slash = filter.indexOf('/', 7)
  const group = filter.slice(7, slash)
  return slash <= 7 || /[+#]/.test(group) || slash === filter.length - 1 ? undefined : filter.slice(slash + 1)
}

/**
 * Reports whether a topic is delivered without a subscription: the vendor's C devices never send one
 * (mqtt-facts §1.8).
 */
export const isImplicit = (topic: string): boolean =>
  topic.startsWith('/sys/') ||
  topic.startsWith('/ext/') ||
  topic.startsWith('/shadow/get/') ||
  topic.startsWith('/ota/device/upgrade/')

/** First levels of the platform's topics; a device may use only its own ones. */
const isReserved = (topic: string) => /^(?:\/(?:sys|ext|shadow|ota|broadcast|as)(?:\/|$)|\$)/.test(topic)

/** Reports whether one-party products may use a topic without a topic class. */
export const isFreeTopic = (topic: string): boolean =>
  freeTopic.test(topic) && isTopic(topic) && !isReserved(topic)

/** Reports whether a device may publish to a topic. */
export function mayPublish(device: TopicScope, topic: string): boolean {
  if (!isTopic(topic)) return false
  if (isReserved(topic)) return isSystemPublish(device, topic)
  if (device.hasFreeTopics && isFreeTopic(topic)) return true
  return device
    .topicClasses()
    .some(({ template, operation }) => operation !== 'SUB' && matches(inserted(template, device.name), topic))
}

/** Platform topics that a device publishes to; `own` is `${productKey}/${deviceName}`. */
function isSystemPublish({ productKey, name }: TopicScope, topic: string): boolean {
  const own = `${productKey}/${name}`
  return (
    topic.startsWith(`/sys/${own}/`) ||
    topic === `/shadow/update/${own}` ||
    topic === `/ext/ntp/${own}/request` ||
    topic.startsWith(`/ext/session/${own}/`) ||
    topic === `/ext/error/${own}` ||
    // The answer to a request on any topic, identified by the ID.
    /^\/ext\/rrpc\/[^/]+\/./.test(topic) ||
    (/^\/ota\/device\/(?:inform|progress|request)\//.test(topic.slice(0, -own.length)) &&
      topic.endsWith(`/${own}`))
  )
}

/**
 * Reports whether a program may send to a device's topic: a topic class of the product must allow devices to
 * subscribe to it (mqtt-facts §1.8). One-party products need no class.
 */
export const mayReceive = ({ hasFreeTopics, topicClasses, name }: TopicScope, topic: string): boolean =>
  hasFreeTopics ||
  topicClasses().some(
    ({ template, operation }) => operation !== 'PUB' && matches(inserted(template, name), topic),
  )

/** Reports whether a device may subscribe to a filter. */
export function maySubscribe(device: TopicScope, asked: string): boolean {
  const filter = isFilter(asked) ? withoutShare(asked) : undefined
  if (filter === undefined) return false
  if (isReserved(filter)) return isSystemSubscribe(device, filter)
  if (device.hasFreeTopics && freeFilter.test(filter)) return true
  // Wildcards are allowed within the device's own topics.
  if (filter.startsWith(`/${device.productKey}/${device.name}/user/`) && /[+#]/.test(filter)) return true
  return device
    .topicClasses()
    .some(({ template, operation }) => operation !== 'PUB' && covers(inserted(template, device.name), filter))
}

function isSystemSubscribe({ productKey, name }: TopicScope, filter: string): boolean {
  const own = `${productKey}/${name}`
  const isOwn = (prefix: string) => filter === `${prefix}${own}` || filter.startsWith(`${prefix}${own}/`)
  return (
    isOwn('/sys/') ||
    isOwn('/shadow/get/') ||
    isOwn('/ext/ntp/') ||
    isOwn('/ext/session/') ||
    isOwn('/ext/error/') ||
    isOwn('/ota/device/upgrade/') ||
    filter.startsWith('/ext/rrpc/') ||
    filter === '/ext/register' ||
    filter === '/ext/regnwl' ||
    filter.startsWith(`/broadcast/${productKey}/`)
  )
}

/** Inserts the device's name into a template. */
const inserted = (template: string, name: string) => template.replaceAll(`\${deviceName}`, name)

/** Reports whether `template` matches every topic that `filter` matches. */
function covers(template: string, filter: string): boolean {
  if (template === filter) return true
  const [wide, narrow] = [template.split('/'), filter.split('/')]
  for (const [i, level] of wide.entries()) {
    if (level === '#') return true
    if (narrow[i] === undefined || narrow[i] === '#') return false
    if (level !== '+' && level !== narrow[i]) return false
  }
  return wide.length === narrow.length
}
