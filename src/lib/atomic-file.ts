import { existsSync } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes a file completely or not at all, readable only by its owner: under a temporary name first, then
 * synced, then renamed.
 * @param replace whether to overwrite an existing file
 * @param through a transform of the text, such as compression
 * @throws Error if the file exists and may not be replaced
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

/** Links a file to its final name; returns false if the name exists. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // A file system without links, such as a memory stick's: check for the name instead.
    return !existsSync(file)
  }
}

/** Syncs the folder, so that the new name is on disk; Windows can't open folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
