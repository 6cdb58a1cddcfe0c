import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConsole } from './build-console.ts'

/**
 * What `npm ci` leaves ready, so that `npm start` builds nothing: the console, and what the sources become. Who
 * installs without the development packages can't build a console, and is told so by the server where it would be.
 */
const canBuild = await import('vite').then(
  () => true,
  () => false,
)
if (canBuild) await buildConsole()

/**
 * Starts the server once and ends it: what its sources become is kept (bin/rollcall.cjs), so that the first start of
 * whoever installed them is as quick as the next. Where it does not start, nothing is lost but that.
 */
const data = mkdtempSync(join(tmpdir(), 'rollcall-prepare-'))
const launcher = fileURLToPath(new URL('../bin/rollcall.cjs', import.meta.url))
// Whoever installs it may have settings of a real server: this one has no store but its own.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLCALL_')))
const server = spawn(
  process.execPath,
  [launcher, ...'serve --host 127.0.0.1 --port 0 --workers 2 --drain-seconds 0 --data'.split(' '), data],
  // Killed, this process leaves no server: one that has a channel ends with its other end.
  { env, stdio: ['ignore', 'pipe', 'ignore', 'ipc'] },
)
server.once('error', () => {})
const late = setTimeout(() => server.kill('SIGKILL'), 30_000)
let said = ''
server.stdout!.on('data', (text) => {
  said += text
  if (said.includes('listening')) server.kill('SIGTERM')
})
server.once('close', () => {
  clearTimeout(late)
  rmSync(data, { recursive: true, force: true })
})
