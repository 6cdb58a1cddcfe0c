import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Starts the server once and ends it: what its sources become is kept (bin/rollcall.cjs), so that the first start of
 * whoever installed them is as quick as the next. Where it does not start, nothing is lost but that.
 */
const data = mkdtempSync(join(tmpdir(), 'rollcall-prepare-'))
// By its first line, for what is kept is good for a start with the same flags alone.
const server = spawn(
  fileURLToPath(new URL('../bin/rollcall.cjs', import.meta.url)),
  ['serve', '--port', '0', '--data', data, '--workers', '1'],
  {
    stdio: ['ignore', 'pipe', 'ignore'],
  },
)
server.once('error', () => {})
const late = setTimeout(() => server.kill('SIGKILL'), 30_000)
server.stdout.on('data', (text) => {
  if (String(text).includes('listening')) server.kill('SIGTERM')
})
server.once('close', () => {
  clearTimeout(late)
  rmSync(data, { recursive: true, force: true })
})
