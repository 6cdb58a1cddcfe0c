import { existsSync } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes a file that is there whole or not at all, for its owner alone: under another name first, then onto the
 * disk, then renamed.
 *
 * @param replace whether a file of that name may be overwritten
 * @param through what the text goes through, such as a compression
 * @throws Error when the file is there and may not be replaced
 */
export async function writeWholeFile(
  file: string,
  replace: boolean,
  text: AsyncIterable<string>,
  through: NodeJS.ReadWriteStream[] = [],
): Promise<void> {
  const taken = () => new Error(`${file} is there already; take another name, or --replace`)
  if (!replace && existsSync(file)) throw taken()
  const draft = `${file}.${process.pid}.part`
  try {
    const handle = await open(draft, 'w', 0o600)
    await pipeline([Readable.from(text), ...through, handle.createWriteStream({ flush: true })])
    if (replace) await rename(draft, file)
    else
      await link(draft, file).catch((error) => {
        throw error.code === 'EEXIST' ? taken() : error
      })
    // The name is on the disk once its folder is.
    const folder = await open(dirname(file))
    await folder.sync().finally(() => folder.close())
  } finally {
    await rm(draft, { force: true })
  }
}
