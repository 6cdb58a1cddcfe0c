import type { Client } from '../client/client.ts'
import { Refused } from '../client/outcome.ts'
import type { Pace } from '../client/pace.ts'
import type { Attributes } from '../device-files/reshape/reshape.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import { textAt } from '../lib/columns.ts'
import { FileValidator } from './file-validator.ts'
import type { ImportJournal } from './journal.ts'
import { parametersOf, type Target } from './target.ts'

/** How many nicknames and devices with tags were set, and how many the endpoint did not take. */
export interface AttributesSet {
  nicknames: number
  tagged: number
  failed: number
  /** Describes what the endpoint said of the first that failed. */
  firstFailure: string | undefined
}

export interface AttributesPass {
  readonly chunks: RowSource['chunks']
  readonly client: Client
  readonly target: Target
  readonly journal: ImportJournal
  readonly pace: Pace
  readonly seed: number
  readonly signal: AbortSignal
  readonly report: (set: AttributesSet) => void
}

/** Nicknames in a call of BatchUpdateDeviceNickname. */
const nicknamesMax = 50
/** Devices whose attributes are set between two lines of the journal. */
const stepMax = 500

/** Whether the devices of a file come with nicknames or tags. */
export const hasAttributes = ({ reshaping }: Pick<RowSource, 'reshaping'>): boolean =>
  Object.keys(reshaping?.usable ?? {}).some((target) => /^(nickname|tags|tag:)/.test(target))

interface Wanted {
  readonly name: string
  readonly attributes: Attributes
}

/**
 * Sets nicknames and tags of the devices that an import has registered, by the public operations. The journal notes how
 * far each chunk is, so that the same import resumes here; a step that is repeated sets the same values again.
 * @throws Refused or Unreachable if it can't continue now; the reason of `signal`
 */
export async function setAttributes(pass: AttributesPass): Promise<AttributesSet> {
  const set: AttributesSet = { nicknames: 0, tagged: 0, failed: 0, firstFailure: undefined }
  const validator = new FileValidator(pass.seed)
  let number = 0
  for await (const rows of pass.chunks) {
    const chunk = number++
    const record = pass.journal.of(chunk)
    const { good } = validator.judge(rows)
    if (rows.attributes === undefined || rows.attributes.size === 0) continue
    const wanted = wantedIn(rows, good, record.left)
    for (let at = record.attributes; at < wanted.length; at += stepMax) {
      pass.signal.throwIfAborted()
      await setSome(pass, wanted.slice(at, at + stepMax), set)
      await pass.journal.markAttributes(chunk, Math.min(wanted.length, at + stepMax))
      pass.report(set)
    }
  }
  return set
}

const wantedIn = (rows: Rows, good: Int32Array, left: ReadonlyMap<number, string>): Wanted[] =>
  [...good].flatMap((entry) => {
    const attributes = rows.attributes?.get(entry)
    const name = textAt(rows.members.DeviceName, entry)
    return attributes === undefined || name === undefined || left.has(entry) ? [] : [{ name, attributes }]
  })

async function setSome(pass: AttributesPass, wanted: readonly Wanted[], set: AttributesSet): Promise<void> {
  const named = wanted.filter(({ attributes }) => attributes.nickname !== undefined)
  const tagged = wanted.filter(({ attributes }) => attributes.tags !== undefined)
  const steps: (() => Promise<void>)[] = []
  for (let at = 0; at < named.length; at += nicknamesMax)
    steps.push(() => setNicknames(pass, named.slice(at, at + nicknamesMax), set))
  for (const one of tagged) steps.push(() => setTags(pass, one, set))
  await atOnce(steps, () => Math.min(4, pass.pace.width))
}

/** Runs steps, as many at once as the width says. */
async function atOnce(steps: readonly (() => Promise<void>)[], width: () => number): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) await step()
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, width()) }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function setNicknames(
  pass: AttributesPass,
  devices: readonly Wanted[],
  set: AttributesSet,
): Promise<void> {
  const { ProductKey, ...instance } = parametersOf(pass.target)
  const list = devices.flatMap(({ name, attributes }, i) => [
    [`DeviceNicknameInfo.${i + 1}.ProductKey`, ProductKey],
    [`DeviceNicknameInfo.${i + 1}.DeviceName`, name],
    [`DeviceNicknameInfo.${i + 1}.Nickname`, attributes.nickname!],
  ])
  try {
    await pass.client.call('BatchUpdateDeviceNickname', { ...instance, ...Object.fromEntries(list) })
    set.nicknames += devices.length
  } catch (error) {
    if (!isJudged(error)) throw error
    // One that can't be set, as of a device that was deleted meanwhile, keeps the others out.
    if (devices.length === 1) fail(set, error)
    else for (const device of devices) await setNicknames(pass, [device], set)
  }
}

async function setTags(
  { client, target }: AttributesPass,
  { name, attributes }: Wanted,
  set: AttributesSet,
): Promise<void> {
  try {
    const device = { ...parametersOf(target), DeviceName: name }
    await client.call('SaveDeviceProp', { ...device, Props: JSON.stringify(attributes.tags) })
    set.tagged++
  } catch (error) {
    if (!isJudged(error)) throw error
    fail(set, error)
  }
}

/** Whether the endpoint has judged what was to be set; not who calls, or how often. */
const isJudged = (error: unknown): error is Refused =>
  error instanceof Refused && /^iot\.device\./.test(error.code) && !error.isOutcomeUnknown

function fail(set: AttributesSet, error: Refused): void {
  set.failed++
  set.firstFailure ??= error.message
}
