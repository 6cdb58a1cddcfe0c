import { globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { InlineConfig, Plugin } from 'vite'
import { buildDocs } from './build-docs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const place = join(root, 'dist', 'console')

/**
 * Ant Design's icons have English names, which a screen reader would read before a button's text in any
 * language. Icons are decorative; an icon without text has our own label.
 */
const muteIcons: Plugin = {
  name: 'mute-icons',
  transform(code, id) {
    if (!/@ant-design\/icons\/es\/components\/AntdIcon\w*\.js$/.test(id)) return undefined
    const named = /role: "img",\s*"aria-label": icon\.name\s/
    if (!named.test(code)) throw new Error(`${id} names its icons in another way than was known`)
    return code.replace(named, '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })')
  },
}

/** Records the package folders that a bundle uses. */
const noting = (packages: Set<string>): Plugin => ({
  name: 'note-packages',
  transform(_code, id) {
    const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id) ?? []
    if (folder?.startsWith(root)) packages.add(folder)
  },
})

/** Vite's configuration for the console. */
async function configOf(outDir: string, packages: Set<string>): Promise<InlineConfig> {
  const { default: react } = await import('@vitejs/plugin-react')
  return {
    configFile: false,
    root: join(root, 'src', 'console'),
    base: '/console/',
    cacheDir: join(root, 'node_modules', '.cache', 'console'),
    plugins: [noting(packages), muteIcons, react()],
    // They have browser builds, but don't declare them where Vite looks.
    resolve: {
      alias: {
        'csv-parse/sync': 'csv-parse/browser/esm/sync',
        'csv-stringify/sync': 'csv-stringify/browser/esm/sync',
      },
    },
    // The server replaces this by a nonce generated for each page (src/http/files.ts).
    html: { cspNonce: 'NONCE' },
    build: {
      outDir,
      rollupOptions: {
        input: ['index.html', 'docs/page.html'].map((page) => join(root, 'src', 'console', page)),
      },
      emptyOutDir: true,
      target: 'es2022',
      // These support light-dark(), which follows the user's choice of theme; its replacement would not.
      cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
      // An icon as a data: URL would have to be allowed by the Content-Security-Policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
    },
    worker: { format: 'es', plugins: () => [noting(packages)] },
    logLevel: 'warn',
  }
}

/**
 * Builds dist/console with compressed variants of each text file, so that the server does not compress. An
 * unchanged build is left alone, since a server may be serving it.
 * @returns the folders of the packages that it contains
 */
export async function buildConsole(): Promise<Set<string>> {
  const { build } = await import('vite')
  const draft = `${place}.${process.pid}.part`
  const packages = new Set<string>()
  try {
    await build(await configOf(draft, packages))
    buildDocs(join(root, 'docs'), join(draft, 'docs'))
    if (isSame(draft, place)) return packages
    for (const file of globSync(`${draft}/**/*.{js,css,svg,json}`)) {
      const bytes = readFileSync(file)
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      writeFileSync(
        `${file}.br`,
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      )
    }
    rmSync(place, { recursive: true, force: true })
    renameSync(draft, place)
    return packages
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** The names of files in assets/ are made of their content. */
const isSame = (draft: string, built: string) => {
  const namesIn = (folder: string) =>
    globSync(`${folder}/**/*.{html,js,css,svg,json,png}`)
      .map((file) => relative(folder, file))
      .sort()
  const names = namesIn(draft)
  return (
    names.join() === namesIn(built).join() &&
    names.every(
      (name) =>
        name.startsWith('assets') || readFileSync(join(draft, name)).equals(readFileSync(join(built, name))),
    )
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole()
