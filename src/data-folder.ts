import { accessSync, chmodSync, constants, existsSync, readdirSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What Rollcall keeps in a data folder; lost+found is the file system's. */
const own =
  /^((roll|gate|lock)\.db(-wal|-shm)?|master\.key(\..+)?|tls\.(crt|key)(\.\d+)?|credentials\.env|nodes|names|lost\+found)$/
/** Permissions of the owner's group and of all others. */
const others = 0o077

/**
 * Takes from everybody but its owner what they may do with a data folder that is there, and with Rollcall's files in
 * it. A folder that holds other files as well, or files of other users, stays as it is: another program may need it.
 *
 * @returns what remains open to other users of the machine, for a warning; undefined if nothing does
 */
export function closeDataFolder(folder: string): string | undefined {
  let names: string[]
  let stats: Stats
  try {
    stats = statSync(folder)
    names = readdirSync(folder)
  } catch {
    // It is not there yet, or can't be read; then the store says so.
    return undefined
  }
  const ours = names.filter((name) => own.test(name) && name !== 'lost+found')
  const open = ours.filter((name) => !closed(join(folder, name)))
  const isOursAlone =
    ours.length + Number(names.includes('lost+found')) === names.length &&
    ours.every((name) => ownerOf(join(folder, name)) === stats.uid)
  const isOpen = (stats.mode & others) !== 0 && !(isOursAlone && closed(folder))
  if (open.length > 0)
    return `other users may open ${open.join(', ')} in ${folder}, which belong to another user than this process's`
  if (!isOpen) return undefined
  const mode = (stats.mode & 0o777).toString(8)
  const why = isOursAlone ? 'this process may not change it' : 'it holds files of other programs or users'
  return `the data folder ${folder} has the mode ${mode} and belongs to user ${stats.uid}; it stays so, because ${why}. Other users may see the names of Rollcall's files in it; give Rollcall a folder of its own with the mode 700`
}

/** Closes a file or folder to others; false if that is not possible. */
function closed(path: string): boolean {
  try {
    const { mode } = statSync(path)
    if ((mode & others) !== 0) chmodSync(path, mode & 0o7777 & ~others)
    return true
  } catch (error) {
    // A file that is gone is closed: SQLite removes its own.
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

function ownerOf(path: string): number | undefined {
  try {
    return statSync(path).uid
  } catch {
    return undefined
  }
}

/**
 * Why no file can be written in a folder, which need not be there yet. Nothing is made.
 * @param name a file in it that is to be written, or written over
 * @returns undefined if it can be
 */
export function whyNotWritable(folder: string, name: string): string | undefined {
  try {
    const file = join(folder, name)
    if (existsSync(file)) {
      if (!statSync(file).isFile()) return `${file} is not a file`
      accessSync(file, constants.W_OK)
      return undefined
    }
    let present = resolve(folder)
    while (!existsSync(present)) present = dirname(present)
    if (!statSync(present).isDirectory()) return `${present} is not a folder`
    accessSync(present, constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
