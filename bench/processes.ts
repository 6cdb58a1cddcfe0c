/** Process statistics from the kernel (Linux: /proc). */
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel reports CPU time in hundredths of a second, whatever its own clock rate is. */
const tickMs = 10

/** User and system time of a process and its descendants so far, in milliseconds. */
export function cpuMillisecondsOf(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, each) => sum + (statOf(each)?.cpuMs ?? 0), 0)
}

/** Memory of each worker of a server in bytes; of the server itself if it has none. */
export function memoryOfWorkers(pid: number): number[] {
  const workers = descendantsOf(pid)
  return (workers.length > 0 ? workers : [pid]).map((each) => {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${each}/status`, 'latin1')) ?? []
    return Number(kibibytes) * 1024
  })
}

function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: statOf(Number(name))?.parent }))
  const found = [pid]
  for (const ancestor of found) {
    found.push(...all.filter(({ parent }) => parent === ancestor).map((child) => child.pid))
  }
  return found.slice(1)
}

/** Undefined if the process has ended. */
function statOf(pid: number): { readonly parent: number; readonly cpuMs: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field, a name in parentheses, may contain anything.
    const [, parent, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Its own time, and that of its ended children.
    const ticks = fields.slice(9, 13).reduce((sum, field) => sum + Number(field), 0)
    return { parent: Number(parent), cpuMs: ticks * tickMs }
  } catch {
    return undefined
  }
}
