import { readFileSync, readlinkSync } from 'node:fs'

/** Which process holds a lock. A PID alone is given again: soon in a container, and after every start of a machine. */
export interface Holder {
  readonly pid: number
  /** Of the start of the machine. This and what follows is known where there is /proc. */
  readonly boot?: string
  /** The namespace that the PID is of. */
  readonly space?: string
  /** When the process began, in ticks since the machine did. */
  readonly started?: string
}

export function present(): Holder {
  const boot = readOr('/proc/sys/kernel/random/boot_id')?.trim()
  const started = statOf(process.pid)?.started
  return { pid: process.pid, ...whereabouts(boot), ...(started !== undefined && { started }) }
}

/** What a lock's file says; a plain number is a PID. Undefined where nobody can tell. */
export function holderIn(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text)
    const holder = typeof value === 'number' ? { pid: value } : value
    return holder?.pid > 0 ? holder : undefined
  } catch {
    return undefined
  }
}

/** Whether the holder is a process that runs, and not this one. */
export function isRunning(holder: Holder): boolean {
  const here = present()
  // Who takes up again in a container has the PID of the one that died; this process holds no lock yet.
  if (holder.pid === here.pid || differs(holder.boot, here.boot) || differs(holder.space, here.space))
    return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const stat = statOf(holder.pid)
  return stat === undefined || !(stat.isGone || differs(holder.started, stat.started))
}

const differs = (one: string | undefined, other: string | undefined) =>
  one !== undefined && other !== undefined && one !== other

function whereabouts(boot: string | undefined) {
  if (boot === undefined) return {}
  try {
    return { boot, space: readlinkSync('/proc/self/ns/pid') }
  } catch {
    return { boot }
  }
}

/** When a process began, and whether it has ended and only waits to be asked how. */
function statOf(pid: number): { readonly started: string; readonly isGone: boolean } | undefined {
  const text = readOr(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The name before it is in parentheses and may have spaces and parentheses itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { started: fields[19]!, isGone: /^[ZX]/.test(fields[0]!) }
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
