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

/** CycloneDX 1.5, as far as it is changed here. */
interface Bom {
  readonly metadata: { readonly component: { name: string } }
  components: Component[]
  dependencies: { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/**
 * Writes sbom.cdx.json: what an installation of the package has in it. `npm sbom` lists the packages of
 * package-lock.json, for every platform; of those that only development needs, the ones stay that are part of the
 * console.
 *
 * @param bundled the folders of the packages that the console is built of
 */
export function writeSbom(bundled: ReadonlySet<string>): void {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only']
  // Vite sets NODE_ENV to production, and npm leaves out what only development needs then.
  const { NODE_ENV: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync('npm', args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`npm sbom ended with status ${status}: ${stderr}`)
  const bom = JSON.parse(stdout) as Bom
  const { name, version } = packageIn('.')
  // npm names the root by its folder.
  bom.metadata.component.name = name
  const inConsole = new Set([...bundled].map((folder) => refOf(packageIn(folder))))
  const isShipped = ({ 'bom-ref': ref, properties }: Component) =>
    inConsole.has(ref) || !properties.some((property) => property.name === 'cdx:npm:package:development')
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

const packageIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string }

const refOf = ({ name, version }: { name: string; version: string }) => `${name}@${version}`
