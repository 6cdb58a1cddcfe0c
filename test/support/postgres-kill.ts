import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

interface Entry {
  readonly pid: number
  readonly parent: number
  readonly dead: boolean
}

/**
 * Kills a server and all of its processes at once, like a machine crash. If only the first one is killed, the
 * others run on for a while and may commit.
 */
export async function killWithChildren(pid: number): Promise<void> {
  // It must not start another one.
  signal(pid, 'SIGSTOP')
  const children = entries().filter((entry) => entry.parent === pid)
  // Itself last, because its end would wake the others.
  const family = [...children.map((child) => child.pid), pid]
  for (const member of family) signal(member, 'SIGKILL')
  // No server starts in the same folder until the last process has released the shared memory.
  while (entries().some((entry) => family.includes(entry.pid) && !entry.dead)) await delay(5)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

/** Lists all processes of the system. A dead one may be listed until its parent reads its status. */
function entries(): Entry[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs()
}

function fromProc(): Entry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      // "pid (name) state parent …", where the name may have spaces and parentheses.
      const [, state, parent] = /\) (\S) (\d+) [^)]*$/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))!
      return [{ pid: Number(name), parent: Number(parent), dead: state === 'Z' || state === 'X' }]
    } catch {
      return []
    }
  })
}

function fromPs(): Entry[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, state] = line.trim().split(/\s+/)
    return state === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), dead: state.startsWith('Z') }]
  })
}
