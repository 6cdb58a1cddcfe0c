import { fileURLToPath } from 'node:url'

/** The modules, each of a file of that name in src/wasm/assembly; what is made of them is kept in the repository. */
export const modules = ['columns', 'name-set'] as const

/**
 * Compiles a module with AssemblyScript. The same sources give the same bytes, which test/wasm/built.test.ts
 * sees to, so nobody needs the compiler to run Rollcall.
 * @param outFile relative to the repository
 * @throws Error with what the compiler says
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
      // A memory of the host's, fresh, with as many pages at least for what the module keeps.
      ...'--importMemory --zeroFilledMemory --initialMemory 16'.split(' '),
    ],
    { stdout: process.stdout },
  )
  if (error !== null) throw new Error(`${source} does not compile: ${error.message}\n${stderr}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const module of modules) await buildWasm(module, `src/wasm/${module}.wasm`)
