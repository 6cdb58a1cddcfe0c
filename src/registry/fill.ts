import type { Storage } from '../storage/storage.ts'
import type { Registry } from './registry.ts'

/**
 * Fills an empty store once, even if several processes start at the same time or one of them dies.
 * @param kind type of the content; only the same type can resume an interrupted fill
 * @param fill runs in one process at a time; after an interruption it finds the partial content
 * @param ready throws any reason against the fill, before anything is written
 * @returns what `fill` returned; undefined if the store is already filled, or has manually created accounts
 */
export async function fillOnce<T>(
  storage: Storage,
  registry: Registry,
  kind: 'first account' | 'seed',
  fill: () => Promise<T>,
  ready: () => void = () => {},
): Promise<T | undefined> {
  const { facts } = storage
  if ((await facts.get('filled')) !== undefined) return undefined
  return storage.exclusively(async () => {
    if ((await facts.get('filled')) !== undefined) return undefined
    const begun = await facts.get('filling')
    if (begun === undefined && (await registry.accounts.all()).length > 0) return undefined
    if (begun !== undefined && (begun !== kind || kind === 'seed')) {
      throw new Error(
        `an earlier start was cut off while it filled the store (${begun}); remove the store and start again`,
      )
    }
    ready()
    await facts.settle('filling', kind)
    const result = await fill()
    await facts.settle('filled', kind)
    return result
  })
}
