import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import type { Socket } from 'node:net'

/*
 * Ends what a test or script has started even if it is killed with SIGKILL, when none of its own code runs. A
 * shell reads a pipe whose only other end this process holds. The system closes that end with the process, and
 * the shell then kills everything on its list and removes the folders. A shell, because it starts in a
 * millisecond.
 */

/**
 * Lines that it reads: `group ID` and `process ID` add to the list, `ended ID` removes from it, `folder PATH`
 * is a folder to remove. A group is killed; a process first gets SIGTERM, because it may have children of its
 * own to end.
 */
const script = `
trap '' HUP INT TERM
groups=' ' processes=' '
while read -r kind what; do
  case $kind in
    group) groups="$groups$what " ;;
    process) processes="$processes$what " ;;
    folder) set -- "$@" "$what" ;;
    ended)
      case $groups in *" $what "*) groups="\${groups%%" $what "*} \${groups#*" $what "}" ;; esac
      case $processes in *" $what "*) processes="\${processes%%" $what "*} \${processes#*" $what "}" ;; esac ;;
  esac
done
for each in $processes; do kill -TERM "$each"; done
for each in $groups; do kill -KILL "-$each"; done
for each in $processes; do
  for second in 1 2 3 4 5; do kill -0 "$each" && sleep 1; done
  kill -KILL "$each"
done
for folder; do rm -rf -- "$folder" || { sleep 1; rm -rf -- "$folder"; }; done
`

let pipe: Socket | undefined

function tell(line: string): void {
  if (pipe === undefined) {
    // In a separate session, so that Ctrl-C on a terminal does not end it too.
    const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    shell.on('error', () => {})
    shell.unref()
    pipe = shell.stdin as Socket
    pipe.on('error', () => {}).unref()
  }
  pipe.write(`${line}\n`)
}

/**
 * Ends a child with this process. @param kind `group` for one that was started detached, with everything it
 * started
 */
export function endsWithUs(child: ChildProcess, kind: 'group' | 'process'): void {
  const { pid } = child
  if (pid === undefined) return
  tell(`${kind} ${pid}`)
  // On close rather than exit: its children may keep its output open, and belong to the group.
  child.once('close', () => tell(`ended ${pid}`))
}

/** Removes a folder with this process, if it still exists then. */
export function removedWithUs(folder: string): void {
  tell(`folder ${folder}`)
}

/**
 * Ends this process when npm, its parent, is gone, because SIGKILL ends only npm. It does nothing in a process
 * with another parent, since a shell may be meant to end earlier.
 */
export function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return
  // A shell may be between npm and the program.
  const parent = parentOf(process.ppid)
  const npm = [
    { pid: process.ppid, ...parent },
    { pid: parent.parent, ...parentOf(parent.parent) },
  ].find(({ command }) => /\bnpm\b/.test(command) && !command.startsWith('sh '))
  if (npm === undefined) return
  setInterval(() => {
    try {
      process.kill(npm.pid, 0)
    } catch {
      process.exit(1)
    }
  }, 500).unref()
}

function parentOf(pid: number): { readonly parent: number; readonly command: string } {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', `${pid}`], { encoding: 'utf8' })
  const [, parent, command] = /^\s*(\d+)\s+(.*)$/m.exec(stdout ?? '') ?? []
  return { parent: Number(parent ?? 0), command: command ?? '' }
}
