import { createInterface } from 'node:readline/promises'
import { CliError } from '../cli-error.ts'
import type { ImportOptions } from './options.ts'

/**
 * Asks the user to confirm a product that they did not name, because devices imported into the wrong product
 * stay registered.
 * @param given the file, as the user named it
 * @throws CliError if the user declines, or there is no terminal to ask on
 */
export async function confirmProduct(given: string, options: ImportOptions): Promise<void> {
  const { product, isOwnProduct, yes } = options
  if (!isOwnProduct || yes) return
  const isAskable = process.stdin.isTTY && process.stderr.isTTY && given !== '-'
  if (!isAskable)
    throw new CliError(
      'usage',
      `confirm the product of the devices with --product ${product}, or pass --yes to use the one in credentials.env`,
    )
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and Ctrl-D close it without an answer.
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([
      asking.question(`Import ${given} into the product ${product}? [y/N] `),
      closed,
    ])
    if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('usage', 'nothing was imported')
  } finally {
    asking.close()
  }
}
