import type { Storage } from '../storage/storage.ts'
import type { Registry } from './registry.ts'

/**
 * Fills an empty store once, however many processes start on it at once and wherever one of them dies.
 *
 * @param kind what it is filled with; an interrupted filling goes on only with the same
 * @param fill is run alone among all processes on the store; after an interruption it finds what is there
 * @param ready throws what stands against it, before anything is written
 * @returns what `fill` gave; undefined when the store had been filled, or has accounts made by hand
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
