import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'node:test'
import { buildWasm, modules } from '../../scripts/build-wasm.ts'

for (const module of modules) {
  test(`${module}.wasm in the repository is what its sources compile to`, async (t) => {
    // The compiler takes places within the repository.
    const folder = mkdtempSync('node_modules/.cache/wasm-')
    t.after(() => rmSync(folder, { recursive: true }))
    const built = relative('.', `${folder}/${module}.wasm`)
    await buildWasm(module, built)
    assert.ok(
      readFileSync(built).equals(readFileSync(`src/wasm/${module}.wasm`)),
      'node scripts/build-wasm.ts makes it anew',
    )
  })
}
