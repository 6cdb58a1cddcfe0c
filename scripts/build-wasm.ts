import { fileURLToPath } from 'node:url'

/** The sources of the module that goes over lists, and what is made of them; both are kept in the repository. */
const source = 'src/wasm/assembly/columns.ts'
const built = 'src/wasm/columns.wasm'

/**
 * Compiles src/wasm/assembly with AssemblyScript. The same sources give the same bytes, which test/wasm/built.test.ts
 * sees to, so nobody needs the compiler to run Rollcall.
 * @param outFile relative to the repository
 * @throws Error with what the compiler says
 */
export async function buildWasm(outFile: string): Promise<void> {
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm(built)
