import { globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { InlineConfig, Plugin } from 'vite'
import { buildDocs } from './build-docs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const place = join(root, 'dist', 'console')

/**
 * An icon of Ant Design's has an English name, which a screen reader would read before the words of a button, whatever
 * their language. Icons decorate; one that stands for words has a label of ours.
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

/** Notes the folders of the packages that a bundle takes something of. */
const noting = (packages: Set<string>): Plugin => ({
  name: 'note-packages',
  transform(_code, id) {
    const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id) ?? []
    if (folder?.startsWith(root)) packages.add(folder)
  },
})

/** How Vite builds the console. */
async function configOf(outDir: string, packages: Set<string>): Promise<InlineConfig> {
  const { default: react } = await import('@vitejs/plugin-react')
  return {
    configFile: false,
    root: join(root, 'src', 'console'),
    base: '/console/',
    cacheDir: join(root, 'node_modules', '.cache', 'console'),
    plugins: [noting(packages), muteIcons, react()],
    // They have builds for browsers, and don't say so where Vite looks.
    resolve: {
      alias: {
        'csv-parse/sync': 'csv-parse/browser/esm/sync',
        'csv-stringify/sync': 'csv-stringify/browser/esm/sync',
      },
    },
    // The server puts a number drawn for each page in its place (src/http/files.ts).
    html: { cspNonce: 'NONCE' },
    build: {
      outDir,
      rollupOptions: {
        input: ['index.html', 'docs/page.html'].map((page) => join(root, 'src', 'console', page)),
      },
      emptyOutDir: true,
      target: 'es2022',
      // These have light-dark(), which follows the colours that a user chooses; its replacement would not.
      cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
      // An icon as a data: URL is one more thing that a Content-Security-Policy must let in.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
    },
    worker: { format: 'es', plugins: () => [noting(packages)] },
    logLevel: 'warn',
  }
}

/**
 * Builds dist/console, each text with its compressed forms beside it, so that nobody compresses while serving. What is
 * there already and the same stays as it is: it may be being served.
 *
 * @returns the folders of the packages that are in it
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
