/** Recipes (reshape/recipe.ts) of a target: of each row, the first counts of which all columns are filled. */
export type PresetRecipes = readonly string[]

/** How the export of a platform is read: a table, no code. Columns are compared without case, spaces and punctuation. */
export interface Preset {
  /** Describes what a person calls the platform. */
  readonly title: string
  /** By what the platform's own API and console address a device. */
  readonly name: PresetRecipes
  /** Describes what a device signs in with; undefined where no export of the platform holds it. */
  readonly secret?: PresetRecipes
  readonly sn?: PresetRecipes
  readonly nickname?: PresetRecipes
  /** Columns or members that hold all tags, and single tags by their key. */
  readonly tags?: PresetRecipes
  readonly tag?: Readonly<Record<string, PresetRecipes>>
  /** The columns, by their numbers, of a file without a header, and what parts its cells. */
  readonly headless?: Pick<Preset, 'name' | 'secret' | 'sn' | 'nickname'> & {
    readonly delimiter?: string
    /** Only rows whose column has this text. */
    readonly where?: readonly [column: string, value: string]
  }
  /** Describes where the devices are in a document that holds several arrays. */
  readonly rows?: readonly string[]
  /** Texts by which the platform writes an empty value. */
  readonly blank?: readonly string[]
  /** Describes what to do about keys that do not fit a DeviceSecret, or that the export lacks. */
  readonly keys: 'fit' | 'derive' | 'generate'
  /** Sets of columns of which any tells that a file is of this platform. */
  readonly marks: readonly (readonly string[])[]
}
