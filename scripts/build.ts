import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'

/**
 * Compiles src/ to dist/ for the published package: Node strips no types under node_modules. In a clone
 * nothing needs it.
 */
rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
cpSync('src/storage/sqlite/migrations', 'dist/storage/sqlite/migrations', { recursive: true })
