import type { AccessKey } from '../../client/sign.ts'
import { tabValues } from './stored.ts'

const key = 'rollcall.access-key'

/** The access key that the tab's session storage keeps, if the user asked for that. */
export function storedKey(): AccessKey | undefined {
  const text = tabValues.read(key)
  if (text === undefined) return undefined
  try {
    const { id, secret } = JSON.parse(text)
    return typeof id === 'string' && typeof secret === 'string' ? { id, secret } : undefined
  } catch {
    return undefined
  }
}

/** Keeps the key until the tab is closed or the user signs out; a reload then signs in by itself. */
export const keepKey = (accessKey: AccessKey): void => tabValues.write(key, JSON.stringify(accessKey))

/** Removes the key from the tab's session storage. */
export const forgetKey = (): void => tabValues.write(key, undefined)
