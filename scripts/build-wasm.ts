import { fileURLToPath } from 'node:url'

/**
 * The modules, each from a file of that name in src/wasm/assembly; the compiled modules are kept in the
 * repository.
 */
export const modules = ['columns', 'name-set'] as const

/**
 * Compiles a module with AssemblyScript. The result is reproducible, as test/wasm/built.test.ts verifies, so
 * the compiler is not needed to run Rollcall.
 * @param outFile relative to the repository
 * @throws Error with the compiler's message
 */
export async function buildWasm(module: (typeof modules)[number], outFile: string): Promise<void> {
  const source = `src/wasm/assembly/${module}.ts`
  const { default: asc } = await import('assemblyscript/asc')
  const { error, stderr } = await asc.main(
    [
      source,
      ...['--outFile', outFile],
      ...['--baseDir', fileURLToPath(new URL('..', import.meta.url))],
      ...'-O3 --noAssert --runtime stub --enable simd --enable relaxed-simd'.split(' '),
      // The host passes a new memory with at least the pages that the module's data needs.
      ...'--importMemory --zeroFilledMemory --initialMemory 16'.split(' '),
    ],
    { stdout: process.stdout },
  )
  if (error !== null) throw new Error(`${source} does not compile: ${error.message}\n${stderr}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const module of modules) await buildWasm(module, `src/wasm/${module}.wasm`)
