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
    .map(([pid, parent, stat]) => ({ pid: Number(pid), parent: Number(parent), ended: stat!.startsWith('Z') }))
}

function descendantsOf(pid: number): number[] {
  const all = processes()
  const found = [pid]
  for (const ancestor of found) found.push(...all.filter(({ parent }) => parent === ancestor).map(({ pid }) => pid))
  return found.slice(1)
}

const repository = `${import.meta.dirname}/../..`

/** A program that starts servers, and how many processes descend from it when it is killed. */
const programs: Readonly<Record<string, { readonly script: string; readonly processes: number }>> = {
  'the crash test': {
    script: `process.argv.push('--driver', 'SQLite', '--workers', '2', '--rounds', '1000')
      await import('${repository}/bench/crash.ts')`,
    // The shell that watches it, two primaries and four workers.
    processes: 7,
  },
  'the crash test on PostgreSQL': {
    script: `process.argv.push('--driver', 'PostgreSQL', '--workers', '1', '--rounds', '1000')
      await import('${repository}/bench/crash.ts')`,
    // The shell, two servers, and what runs PostgreSQL and its own processes.
    processes: 8,
  },
  'a bench': {
    script: `import { startOurWorkers } from '${repository}/bench/servers/ours.ts'
      await startOurWorkers('data')`,
    processes: 3,
  },
}

suite('nothing is left of', () => {
  for (const [what, { script, processes: count }] of Object.entries(programs)) {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      test(`${what} that was ended by ${signal}`, async (t) => {
        const here = temporaryPlace(t)
        const program = here.start(process.execPath, '--input-type=module', '--eval', script)
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
