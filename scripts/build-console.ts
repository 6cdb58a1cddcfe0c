import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { InlineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = `${root}dist/console`

/** How Vite builds the console, or serves it while it is written (`npm run console`). */
export const viteConfig = async (): Promise<InlineConfig> => {
  const { default: react } = await import('@vitejs/plugin-react')
  return {
    configFile: false,
    root: `${root}src/console`,
    base: '/console/',
    cacheDir: `${root}node_modules/.cache/console`,
    plugins: [react()],
    // The server puts a number drawn for each page in its place (src/http/files.ts).
    html: { cspNonce: 'NONCE' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // An icon as a data: URL is one more thing that a Content-Security-Policy must let in.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
    },
    worker: { format: 'es' },
    logLevel: 'warn',
  }
}

/** Builds dist/console, each text beside itself compressed, so that nobody compresses while serving. */
export async function buildConsole(): Promise<void> {
  const { build } = await import('vite')
  await build(await viteConfig())
  for (const file of globSync(`${outDir}/**/*.{js,css,svg}`)) {
    const bytes = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    )
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole()
