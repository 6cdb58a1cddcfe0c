import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

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

// A test that leaves something running keeps its process alive, and fails by this limit.
const timeout = '--test-timeout=240000'
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', timeout, ...flags, ...chosen],
  {
    stdio: 'inherit',
  },
)
process.exit(status ?? 1)
