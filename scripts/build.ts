import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildConsole } from './build-console.ts'
import { modules } from './build-wasm.ts'
import { writeSbom } from './sbom.ts'

/**
 * Compiles src/ to dist/ for the published package, since Node strips no types under node_modules; builds the
 * console; and writes the bill of materials. A clone needs only the console.
 */
for (const entry of existsSync('dist') ? readdirSync('dist') : [])
  if (entry !== 'console') rmSync(join('dist', entry), { recursive: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
for (const driver of ['sqlite', 'postgres']) {
  cpSync(`src/storage/${driver}/migrations`, `dist/storage/${driver}/migrations`, { recursive: true })
}
for (const module of modules) cpSync(`src/wasm/${module}.wasm`, `dist/wasm/${module}.wasm`)
writeSbom(await buildConsole())
