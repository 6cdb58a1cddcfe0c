import { randomBytes } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { platforms } from '../../device-files/presets/presets.ts'
import { type Fix, fixes } from '../../device-files/reshape/fixes.ts'
import { InvalidRecipe, stepUsage } from '../../device-files/reshape/recipe.ts'
import type {
  Condition,
  Recipes,
  Reshape,
  SecretRule,
  SecretSource,
} from '../../device-files/reshape/reshape.ts'
import { parseAssignment, parseCondition, targetWords } from '../../device-files/reshape/written.ts'
import { CliError } from '../cli-error.ts'
import { hashes } from '../endpoint/send.ts'

/** Options of how the rows of a file become devices. */
export interface ReshapeOptions {
  readonly from?: string
  readonly set?: Recipes
  readonly where?: readonly Condition[]
  readonly fix?: readonly Fix[]
  readonly secret?: SecretRule['kind']
  readonly secretFrom?: string
}

export function withReshape(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--from <platform>',
        'Read the file as an export of this platform; docs/guide/moving.md has the columns of each.',
      ).choices(platforms),
    )
    .option(
      '--set <target=recipe>',
      `Make a value of columns, such as 'name={site}-{id} | lower' or 'name=| trim' for the usual column. Targets: ${targetWords}. Steps: ${Object.values(stepUsage).join(', ')}. Repeatable.`,
      added,
    )
    .option(
      '--where <column=value>',
      'Read only rows with this value in the column; COLUMN!=VALUE reads the others. Repeatable.',
      (text: string, before: readonly Condition[] = []) => [...before, orInvalid(() => parseCondition(text))],
    )
    .option('--fix <what>', `Change values, comma-separated: ${fixes.join(', ')}.`, chosenFixes)
    .addOption(
      new Option(
        '--secret <how>',
        'Make the secrets: generate them, or derive them from a column (HMAC-SHA256 over the name).',
      ).choices(['generate', 'derive']),
    )
    .option('--secret-from <column>', 'Column with the keys that --secret derive takes.')
}

/** @throws CliError if options do not go together */
export function reshapeOf(options: ReshapeOptions): Reshape {
  const { from, set, where, fix, secret, secretFrom } = options
  if (secretFrom !== undefined && secret !== 'derive')
    throw new CliError('usage', '--secret-from COLUMN belongs to --secret derive')
  if (secret === 'derive' && secretFrom === undefined && from === undefined)
    throw new CliError('usage', 'name the column with the keys: --secret derive --secret-from COLUMN')
  const rule: SecretRule | undefined =
    secret === 'derive' ? { kind: secret, column: secretFrom } : secret && { kind: secret }
  return { from, set, where, fixes: fix, secret: rule }
}

/**
 * Returns the source of secrets.
 * @param generated those that were generated; without them each name gets one of the moment, as a check needs it
 */
export const secretSourceOf = (generated?: ReadonlyMap<string, string>): SecretSource => ({
  hmacSha256: hashes.hmacSha256,
  generated: generated === undefined ? () => generatedSecret() : (name) => generated.get(name),
})

/** A random secret of 128 bits, as 32 hexadecimal digits. */
export const generatedSecret = () => randomBytes(16).toString('hex')

function added(text: string, before: Recipes = {}): Recipes {
  const { target, recipe } = orInvalid(() => parseAssignment(text))
  return { ...before, [target]: [...(before[target] ?? []), recipe] }
}

function chosenFixes(text: string, before: readonly Fix[] = []): readonly Fix[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.every((name) => (fixes as readonly string[]).includes(name)))
    return [...before, ...(names as Fix[])]
  throw new InvalidArgumentError(`Enter one or more of ${fixes.join(', ')}, separated by commas.`)
}

function orInvalid<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof InvalidRecipe)
      throw new InvalidArgumentError(`At "${error.word}": ${error.message}.`)
    throw error
  }
}
