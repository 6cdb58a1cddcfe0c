import { accessSync, chmodSync, constants, existsSync, readdirSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The names of Rollcall's files in a data folder; lost+found belongs to the file system. */
const own =
  /^((roll|gate|lock)\.db(-wal|-shm)?|master\.key(\..+)?|tls\.(crt|key)(\.\d+)?|credentials\.env|nodes|names|lost\+found)$/
/** Permissions of the group and of other users. */
const others = 0o077

/**
 * Removes other users' permissions from an existing data folder and from Rollcall's files in it. A folder with
 * foreign files or files of other users stays unchanged, since other programs may need it.
 * @returns a description of what remains accessible to other users, for a warning; undefined if nothing does
 */
export function closeDataFolder(folder: string): string | undefined {
  let names: string[]
  let stats: Stats
  try {
    stats = statSync(folder)
    names = readdirSync(folder)
  } catch {
    // It does not exist yet or is unreadable; opening the store reports that.
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

/** Removes permissions from a file or folder; returns false if that is not possible. */
function closed(path: string): boolean {
  try {
    const { mode } = statSync(path)
    if ((mode & others) !== 0) chmodSync(path, mode & 0o7777 & ~others)
    return true
  } catch (error) {
    // A missing file counts as closed: SQLite deletes its own.
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
 * Returns why no file can be written in a folder, which need not exist yet. Creates nothing.
 * @param name the file to be written or replaced
 * @returns undefined if it is writable
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
