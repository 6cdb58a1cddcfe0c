import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { suite, test } from 'node:test'
import { eventually } from '../cli/load.ts'
import { temporaryPlace } from '../support/process.ts'

interface Entry {
  readonly pid: number
  readonly parent: number
  /** A process that has ended may be listed until its parent asks for its status. */
  readonly ended: boolean
}

function processes(): Entry[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, stat]) => ({
      pid: Number(pid),
      parent: Number(parent),
      ended: stat!.startsWith('Z'),
    }))
}

function descendantsOf(pid: number): number[] {
  const all = processes()
  const found = [pid]
  for (const ancestor of found)
    found.push(...all.filter(({ parent }) => parent === ancestor).map(({ pid }) => pid))
  return found.slice(1)
}

const repository = `${import.meta.dirname}/../..`

const crash = (...args: string[]) => [
  process.execPath,
  `${repository}/bench/crash.ts`,
  '--rounds',
  '1000',
  ...args,
]

/** Commands that start servers, and how many processes descend from them when they are killed. */
const commands: Readonly<Record<string, { readonly command: string[]; readonly processes: number }>> = {
  'the crash test': {
    command: crash('--driver', 'SQLite', '--workers', '2'),
    // The shell that watches it, two primaries and four workers.
    processes: 7,
  },
  'the crash test on PostgreSQL': {
    command: crash('--driver', 'PostgreSQL', '--workers', '1'),
    // The shell, two servers, and what runs PostgreSQL and its own processes.
    processes: 8,
  },
  // SIGKILL ends npm alone; the program under it learns of it by itself.
  'npm with the crash test': {
    command: ['npm', '--prefix', repository, 'run', 'crash', '--', '--driver', 'SQLite', '--workers', '1'],
    processes: 4,
  },
  'a bench': {
    command: [
      process.execPath,
      '--input-type=module',
      '--eval',
      `import { startOurWorkers } from '${repository}/bench/servers/ours.ts'
       await startOurWorkers('data')`,
    ],
    processes: 3,
  },
}

suite('nothing is left of', () => {
  for (const [what, { command, processes: count }] of Object.entries(commands)) {
    // However they end they do the same; one shows it.
    for (const signal of what === 'the crash test'
      ? (['SIGKILL', 'SIGTERM'] as const)
      : (['SIGKILL'] as const)) {
      test(`${what} that was ended by ${signal}`, async (t) => {
        const here = temporaryPlace(t)
        const [name, ...args] = command
        const program = here.start(name!, ...args)
        const started = await eventually('it has started servers', () => {
          assert.equal(program.child.exitCode, null, program.stderr)
          const found = descendantsOf(program.child.pid!)
          return found.length >= count && found
        })
        program.child.kill(signal)
        await eventually('all have ended', () => {
          const running = processes().filter(({ ended }) => !ended)
          return !running.some(({ pid }) => started.includes(pid))
        })
      })
    }
  }

  test('a folder of a test that was killed', async (t) => {
    const script = `import { temporaryPlace } from '${repository}/test/support/process.ts'
      console.log(temporaryPlace({ after() {} }).folder)
      setInterval(() => {}, 1000)`
    const program = temporaryPlace(t).start(process.execPath, '--input-type=module', '--eval', script)
    const [, folder] = await program.until(/^(\/.*rollcall-test-.*)$/m)
    assert.ok(existsSync(folder!))
    program.child.kill('SIGKILL')
    await eventually('it is gone', () => !existsSync(folder!))
  })
})
