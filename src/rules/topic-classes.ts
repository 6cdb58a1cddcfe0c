/** Topic classes of a product (mqtt-facts §1.7, §2). */
export const topicDescriptionMax = 100
const slashesMax = 7
const charactersMax = 128

export const topicOperations = ['SUB', 'PUB', 'ALL'] as const
export type TopicOperation = (typeof topicOperations)[number]

/** The placeholder for a device's name in a template. */
const deviceName = '${deviceName}'

/**
 * Reports whether each level consists of letters, digits and _; a class to subscribe to may contain + and, at
 * its end, #.
 */
function areLevels(levels: readonly string[], operation: TopicOperation): boolean {
  return levels.every((level, i) => {
    if (level === '+' || level === '#')
      return operation === 'SUB' && (level === '+' || i === levels.length - 1)
    return /^[A-Za-z0-9_]+$/.test(level)
  })
}

/**
 * Returns the template of a topic class: `/${productKey}/${deviceName}/user/…`, or, for a one-party product,
 * the text itself, which may contain `${deviceName}` as a level.
 * @returns undefined if the text is not a valid topic
 */
export function topicTemplate(
  { productKey, authType }: { readonly productKey: string; readonly authType: string },
  shortName: string,
  operation: TopicOperation,
): string | undefined {
  const isFree = authType === 'one-party'
  const path = isFree && shortName.startsWith('/') ? shortName.slice(1) : shortName
  const levels = path.split('/').map((level) => (isFree && level === deviceName ? 'name' : level))
  const template = isFree ? shortName : `/${productKey}/${deviceName}/user/${shortName}`
  const isShort = template.length <= charactersMax && template.split('/').length - 1 <= slashesMax
  const isReserved = isFree && /^(sys|ext|shadow|ota|broadcast|as)$/.test(levels[0]!)
  return isShort && !isReserved && areLevels(levels, operation) ? template : undefined
}

/** The topic classes of a new product (mqtt-facts §1.8). */
export const initialTopicClasses = (
  productKey: string,
): readonly { readonly template: string; readonly operation: TopicOperation }[] => {
  const user = `/${productKey}/${deviceName}/user`
  return [
    { template: `${user}/get`, operation: 'SUB' },
    { template: `${user}/update`, operation: 'PUB' },
    { template: `${user}/update/error`, operation: 'PUB' },
  ]
}
