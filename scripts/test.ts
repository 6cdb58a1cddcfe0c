import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { PostgresServer } from '../test/support/postgres-server.ts'
import { endsWithUs, endWithNpm } from '../test/support/reaper.ts'
import { buildConsole } from './build-console.ts'

endWithNpm()

/**
 * Runs the tests: all of them, or the parts named, as in `npm test -- rules sdk/pop-core`. A part is a folder
 * of test/ or the beginning of a file's path in it. Arguments that begin with '-' go to node.
 */
const parts = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'))

const all = globSync('test/**/*.test.ts').sort()
const chosen =
  parts.length === 0 ? all : all.filter((file) => parts.some((part) => file.startsWith(`test/${part}`)))
if (chosen.length === 0) {
  console.error(`no test is in ${parts.map((part) => `test/${part}`).join(', ')}`)
  process.exit(1)
}

// Browser tests run the console built from the present sources.
if (chosen.some((file) => file.startsWith('test/console/'))) await buildConsole()

// One for all of them, which starts sooner than one each. If this process is killed, the server ends with it.
const postgres =
  !process.env.ROLLCALL_TEST_POSTGRES && chosen.some(usesPostgres) ? await PostgresServer.start() : undefined

// A test that leaves something running keeps its process alive, and fails by this limit.
const timeout = '--test-timeout=240000'
const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', timeout, ...flags, ...chosen], {
  stdio: 'inherit',
  env: postgres ? { ...process.env, ROLLCALL_TEST_POSTGRES: postgres.url() } : process.env,
})
endsWithUs(tests, 'process')
const [status] = await once(tests, 'exit')
await postgres?.close()
process.exit(status ?? 1)

/** Whether `file` imports test/support/postgres.ts, itself or by what it imports. */
function usesPostgres(file: string): boolean {
  const seen = new Set([normalize(file)])
  for (const path of seen) {
    if (path === join('test', 'support', 'postgres.ts')) return true
    // A program that a test writes out may import what is not there.
    if (!path.startsWith('test') || !existsSync(path)) continue
    for (const [, target] of readFileSync(path, 'utf8').matchAll(/from '(\.[^']*)'/g)) {
      seen.add(join(dirname(path), target!))
    }
  }
  return false
}
