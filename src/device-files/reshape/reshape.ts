import type { Fix } from './fixes.ts'
import type { Recipe } from './recipe.ts'

/** Describes what a recipe may make: a field, the nickname, a tag by its key (`tag:site`), or all tags of an object (`tags`). */
export type Target = 'name' | 'secret' | 'sn' | 'nickname' | 'tags' | `tag:${string}`

/** Rows are read only if the cell of the column is (`isEqual`) this text, or is not. */
export interface Condition {
  readonly column: string
  readonly isEqual: boolean
  readonly value: string
}

/** Describes where secrets come from that the file does not hold. */
export type SecretRule =
  | { readonly kind: 'generate' }
  /**
   * The first 32 hexadecimal digits of HMAC-SHA256 with the cell's bytes as the key, over the device's name; without a
   * column, of the cell that the secret would be read from.
   */
  | { readonly kind: 'derive'; readonly column: string | undefined }

/** Recipes of a target: of each row, the first counts of which all columns are filled. */
export type Recipes = { readonly [T in Target]?: readonly Recipe[] }

/** How the rows of a file become devices, beyond which column holds which field. It is data: it goes to a worker as it is. */
export interface Reshape {
  /** Platform whose export the file is: the name of a preset. */
  readonly from?: string | undefined
  /** Describes what was chosen by the person; before what the preset says. */
  readonly set?: Recipes | undefined
  readonly where?: readonly Condition[] | undefined
  readonly fixes?: readonly Fix[] | undefined
  /** Values that the person has typed for single rows, by line, and by sheet where a file has several. */
  readonly edits?: readonly Edit[] | undefined
  readonly secret?: SecretRule | undefined
}

/** A row that was corrected by hand. Secrets stand in it. */
export interface Edit {
  readonly line: number
  readonly sheet?: string | undefined
  readonly values: { readonly name?: string; readonly secret?: string; readonly sn?: string }
}

/** Describes what is done for a `SecretRule`; the platform has the hashes and keeps what was generated. */
export interface SecretSource {
  /** HMAC-SHA256 as lower-case hexadecimal; keys and data as UTF-8. */
  hmacSha256(key: string, data: string): string
  /** The secret that was generated for a name; undefined if none was. */
  generated(name: string): string | undefined
}

/** Describes what comes along with a device and is set once it is registered. */
export interface Attributes {
  readonly nickname?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** A value that was changed by a fix or by hand. */
export interface Change {
  readonly field: 'name' | 'secret' | 'sn'
  readonly by: readonly (Fix | 'edit')[]
  readonly before: string
  readonly after: string
}

/** Returns true if a file is read as it is. */
export const isPlain = ({ from, set, where, fixes, edits, secret }: Reshape): boolean =>
  from === undefined &&
  secret === undefined &&
  Object.keys(set ?? {}).length === 0 &&
  [where, fixes, edits].every((list) => list === undefined || list.length === 0)
