import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { buildConsole } from './build-console.ts'

/**
 * Compiles src/ to dist/ for the published package, and builds the console: Node strips no types under node_modules.
 * In a clone the console is all that is needed of it.
 */
rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
for (const driver of ['sqlite', 'postgres']) {
  cpSync(`src/storage/${driver}/migrations`, `dist/storage/${driver}/migrations`, { recursive: true })
}
await buildConsole()
