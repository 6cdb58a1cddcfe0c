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
export async function writeFileAtomically(
  file: string,
  replace: boolean,
  text: AsyncIterable<string | Uint8Array>,
  through: NodeJS.ReadWriteStream[] = [],
): Promise<void> {
  const taken = () => new Error(`${file} is there already; take another name, or --replace`)
  if (!replace && existsSync(file)) throw taken()
  const draft = `${file}.${process.pid}.part`
  try {
    await rm(draft, { force: true })
    const handle = await open(draft, 'wx', 0o600)
    await pipeline([Readable.from(text), ...through, handle.createWriteStream({ flush: true })])
    if (!replace && !(await linked(draft, file))) throw taken()
    await rename(draft, file)
    await syncFolder(dirname(file))
  } finally {
    await rm(draft, { force: true })
  }
}

/** Gives a file its name if nothing has it; false when something has. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // A file system without links, as on a memory stick: what is there is known by a look only.
    return !existsSync(file)
  }
}

/** A name is on the disk once its folder is; Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
