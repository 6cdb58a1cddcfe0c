import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly scope: string
  readonly properties: readonly { readonly name: string; readonly value: string }[]
}

/** The parts of CycloneDX 1.5 that are changed here. */
interface Bom {
  readonly metadata: { readonly component: { name: string } }
  components: Component[]
  dependencies: { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/**
 * Writes sbom.cdx.json: the content of an installed package. `npm sbom` lists the packages of package-lock.json
 * for all platforms; of the development packages, those bundled in the console are kept.
 * @param bundled folders of the packages that the console is built from
 */
export function writeSbom(bundled: ReadonlySet<string>): void {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only']
  // Vite sets NODE_ENV to production, and npm would omit development packages.
  const { NODE_ENV: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync('npm', args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`npm sbom ended with status ${status}: ${stderr}`)
  const bom = JSON.parse(stdout) as Bom
  const { name, version } = packageIn('.')
  // npm names the root after its folder.
  bom.metadata.component.name = name
  const inConsole = new Set([...bundled].map((folder) => refOf(packageIn(folder))))
  const installed = installedPackages()
  const isShipped = ({ 'bom-ref': ref }: Component) => inConsole.has(ref) || installed.has(ref)
  const told = (component: Component): Component => {
    if (!inConsole.has(component['bom-ref'])) return component
    const properties = [{ name: 'rollcall:bundled-in', value: 'dist/console' }]
    return { ...component, scope: 'required', properties }
  }
  bom.components = bom.components.filter(isShipped).map(told)
  const refs = new Set([`${name}@${version}`, ...bom.components.map((component) => component['bom-ref'])])
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((on) => refs.has(on)) }))
  writeFileSync('sbom.cdx.json', `${JSON.stringify(bom, null, 2)}\n`)
}

/**
 * The packages of an installation. A version that development needs too may occur several times in the lock
 * file, and npm marks all of them as development if one is.
 */
function installedPackages(): ReadonlySet<string> {
  const lock: { readonly packages: Record<string, { readonly version: string; readonly dev?: true }> } =
    JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const between = 'node_modules/'
  return new Set(
    Object.entries(lock.packages)
      .filter(([place, { dev }]) => place !== '' && !dev)
      .map(([place, { version }]) =>
        refOf({ name: place.slice(place.lastIndexOf(between) + between.length), version }),
      ),
  )
}

const packageIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string }

const refOf = ({ name, version }: { name: string; version: string }) => `${name}@${version}`
