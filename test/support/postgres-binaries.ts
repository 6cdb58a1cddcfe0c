import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fetchPostgres, librariesIn } from './postgres-packages.ts'

/** The files needed to run PostgreSQL's programs. */
export interface Binaries {
  /** The folder that `initdb` and `postgres` are in. */
  readonly folder: string
  /** Folders of libraries that the system lacks. */
  readonly libraries: readonly string[]
}

/** The user that runs the server if we are root, because PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * Finds PostgreSQL's server programs: in ROLLCALL_TEST_POSTGRES_BIN (a folder, or `fetch` to use Debian's
 * packages in any case), in PATH, in Debian's newest installed version, or in Debian's packages, which it
 * downloads into a cache without installing them. Throws if none is available.
 */
export function postgresBinaries(): Binaries {
  const asked = process.env.ROLLCALL_TEST_POSTGRES_BIN
  if (asked === 'fetch') return fetched()
  if (asked) {
    if (isComplete(asked)) return { folder: asked, libraries: [] }
    throw new Error(
      `ROLLCALL_TEST_POSTGRES_BIN is '${asked}', where there is no initdb and postgres; ` +
        `it is the folder of PostgreSQL's server programs, like /usr/lib/postgresql/15/bin, or 'fetch'`,
    )
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).find((folder) => folder && isComplete(folder))
  if (onPath) return { folder: dirname(realpathSync(join(onPath, 'postgres'))), libraries: [] }
  const [newest] = debianFolders('/')
  return newest ? { folder: newest, libraries: [] } : fetched()
}

function fetched(): Binaries {
  const root = fetchPostgres()
  const [folder] = debianFolders(root)
  if (!folder) throw new Error(`Debian's packages have brought no initdb and postgres to ${root}`)
  return { folder, libraries: librariesIn(root) }
}

/** Newest first. */
function debianFolders(root: string): string[] {
  const major = (folder: string) => Number(folder.split('/').at(-2))
  return globSync(join(root, 'usr/lib/postgresql/*/bin'))
    .filter(isComplete)
    .sort((a, b) => major(b) - major(a))
}

function isComplete(folder: string): boolean {
  return existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))
}

/** The account to run the server as: `postgres`, or else `nobody`. Undefined where we aren't root. */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find(([its]) => its === name)
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and /etc/passwd has neither postgres nor nobody')
}
