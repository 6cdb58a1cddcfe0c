import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * If we are root, the server runs as another user, who can't reach a working copy in root's home; otherwise the
 * cache is in the working copy.
 */
const cache =
  process.getuid?.() === 0
    ? '/var/cache/rollcall-postgresql'
    : fileURLToPath(new URL('../../node_modules/.cache/rollcall-postgresql', import.meta.url))

/** Used only for compiling queries, and larger than everything else together. */
const notNeeded = /^libllvm/

/**
 * Unpacks Debian's PostgreSQL server and the missing libraries into a cache. It installs nothing and needs no
 * privileges: the package lists are also downloaded into a folder of our own, because images usually have none
 * or outdated ones. Returns the folder that stands for `/`.
 */
export function fetchPostgres(): string {
  const root = join(cache, 'root')
  if (existsSync(root)) return root
  console.error(`Fetching PostgreSQL's packages for the tests into ${cache}, once`)
  let folder = ''
  try {
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, 'fetch-'))
    unpackInto(folder)
    // Regardless of the umask, since the server's user must be able to read it.
    for (const path of [cache, join(folder, 'root')]) chmodSync(path, 0o755)
    // Atomically, because another process may do the same.
    renameSync(join(folder, 'root'), root)
    return root
  } catch (error) {
    // The other process was faster.
    if (existsSync(root)) return root
    throw new Error(
      'The tests need a PostgreSQL server, and its packages could not be fetched. Install it ' +
        '(apt-get install postgresql), or set ROLLCALL_TEST_POSTGRES_BIN to the folder of its server programs',
      { cause: error },
    )
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}

function unpackInto(folder: string): void {
  for (const name of ['lists/partial', 'archives/partial', 'root']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  const root = join(folder, 'root')
  const own = [
    ['-o', `Dir::State::Lists=${folder}/lists`],
    ['-o', `Dir::Cache=${folder}`],
    // As root, apt would download as a user without write permission here.
    ['-o', 'APT::Sandbox::User=root'],
  ].flat()
  const apt = (command: string, ...args: string[]) => run(command, [...own, ...args], {}, folder)

  apt('apt-get', 'update', '-qq')
  const depends = (names: readonly string[]) => apt('apt-cache', 'depends', ...names)
  const server = /Depends: (postgresql-\d+)$/m.exec(depends(['postgresql']))?.[1]
  if (!server) throw new Error('the package postgresql depends on no server')
  apt('apt-get', 'download', '-qq', server, ...missingLibraries(server, depends))
  for (const file of globSync(join(folder, '*.deb'))) run('dpkg', ['-x', file, root])
  // Without its library it would fail; if it is missing, the server does without it.
  for (const file of globSync(join(root, 'usr/lib/postgresql/*/lib/llvmjit.so'))) rmSync(file)
  for (const program of globSync(join(root, 'usr/lib/postgresql/*/bin/{initdb,postgres}'))) {
    run(program, ['--version'], { LD_LIBRARY_PATH: librariesIn(root).join(':') })
  }
}

/** The folders of shared libraries in an unpacked root. */
export function librariesIn(root: string): string[] {
  return globSync(['usr/lib/*-linux-*', 'lib/*-linux-*'], { cwd: root }).map((name) => join(root, name))
}

/** The library packages that `server` needs, directly or not, and that aren't installed. */
function missingLibraries(server: string, depends: (names: readonly string[]) => string): string[] {
  const selections = run('dpkg', ['--get-selections']).matchAll(/^([^\s:]+)\S*\s+install$/gm)
  const installed = new Set([...selections].map(([, name]) => name!))
  const missing = new Set<string>()
  for (let level = [server]; level.length > 0; ) {
    const needed = firstAlternatives(depends(level)).filter(
      (name) => name.startsWith('lib') && !installed.has(name) && !missing.has(name) && !notNeeded.test(name),
    )
    level = [...new Set(needed)]
    for (const name of level) missing.add(name)
  }
  return [...missing]
}

/** Returns the first of alternatives: `|Depends: a`, `Depends: b` means "a or b". */
function firstAlternatives(text: string): string[] {
  const names: string[] = []
  let inAlternatives = false
  for (const [, or, name] of text.matchAll(/^\s*(\|?)(?:Pre)?Depends: (\S+)$/gm)) {
    if (!inAlternatives) names.push(name!)
    inAlternatives = or === '|'
  }
  return names
}

/** Prints its errors on the terminal. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = cache): string {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', ...env },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `status ${status}`}`)
  return stdout
}
