import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** The state of a process as reported by the system. */
export interface ProcessState {
  /** `stopped`: by a signal or a debugger. `waiting`: asleep. `active`: running, ready to run, or waiting for a disk. */
  readonly state: 'stopped' | 'waiting' | 'active'
  /** Processor time of all threads, in milliseconds. */
  readonly cpuMs: number
}

/** Reads the state of a process; undefined if the system does not provide it. */
export type ReadState = (pid: number) => ProcessState | undefined

/** Linux reports hundredths of a second here (USER_HZ, proc(5)), whatever its own clock rate is. */
const procTickMs = 10

/** Parses a line of /proc/PID/stat (proc(5)). */
export function parseProcStat(line: string): ProcessState | undefined {
  // The second field, a name in parentheses, may contain anything. Fields 3, 14 and 15: state, utime, stime.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return described(fields[0], (Number(fields[11]) + Number(fields[12])) * procTickMs)
}

/** Parses the output of `ps -o stat=,time=`: `S+ 0:01.25` (BSD, macOS) or `Ss 1-02:03:04` (System V). */
export function parsePs(line: string): ProcessState | undefined {
  const [, state, days, clock] = /^\s*([A-Z])\S*\s+(?:(\d+)-)?([\d:.]+)\s*$/i.exec(line) ?? []
  if (clock === undefined) return undefined
  const seconds = clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0)
  return described(state, Math.round((86_400 * Number(days ?? 0) + seconds) * 1000))
}

function described(letter: string | undefined, cpuMs: number): ProcessState | undefined {
  if (letter === undefined || Number.isNaN(cpuMs)) return undefined
  // T and t: stopped, traced. S and I: asleep, on BSD for long. Others, such as R and D (U on BSD), are not
  // idle.
  if (/^t$/i.test(letter)) return { state: 'stopped', cpuMs }
  return { state: /^[SI]$/.test(letter) ? 'waiting' : 'active', cpuMs }
}

const hasProc = existsSync('/proc/self/stat')

/** Reads /proc, or runs ps if there is none, which takes some milliseconds. */
export const readState: ReadState = (pid) => {
  try {
    if (hasProc) return parseProcStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
    const { stdout } = spawnSync('ps', ['-o', 'stat=,time=', '-p', `${pid}`], {
      encoding: 'utf8',
      timeout: 1000,
    })
    return stdout ? parsePs(stdout) : undefined
  } catch {
    return undefined
  }
}
