import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'node:test'
import { buildWasm } from '../../scripts/build-wasm.ts'

test('the module in the repository is what its sources compile to', async (t) => {
  // The compiler takes places within the repository.
  const folder = mkdtempSync('node_modules/.cache/wasm-')
  t.after(() => rmSync(folder, { recursive: true }))
  const built = relative('.', `${folder}/columns.wasm`)
  await buildWasm(built)
  assert.ok(
    readFileSync(built).equals(readFileSync('src/wasm/columns.wasm')),
    'node scripts/build-wasm.ts makes it anew',
  )
})
