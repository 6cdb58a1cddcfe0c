import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConsole } from './build-console.ts'

/**
 * Prepares a clone in `npm ci`, so that `npm start` builds nothing: builds the console, and fills the compile
 * cache. Without the development packages it can't build a console; the server then reports that in its place.
 */
const canBuild = await import('vite').then(
  () => true,
  () => false,
)
if (canBuild) await buildConsole()

/**
 * Starts and stops the server once to fill the compile cache (bin/rollcall.cjs), so that the first start is as
 * fast as later ones. A failure is harmless.
 */
const data = mkdtempSync(join(tmpdir(), 'rollcall-prepare-'))
const launcher = fileURLToPath(new URL('../bin/rollcall.cjs', import.meta.url))
// The environment may have the settings of a real server; this one must use only its own store.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLCALL_')))
const server = spawn(
  process.execPath,
  [launcher, ...'serve --host 127.0.0.1 --port 0 --workers 2 --drain-seconds 0 --data'.split(' '), data],
  // If this process is killed, the closed channel stops the server.
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
