/** Checks out a former commit for comparison. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sortedNames } from './workload.ts'

/** The last commit with all loops in JavaScript; targets are ratios to it. */
export const formerCommit = '9f0cfbd'

/** Reports whether the repository contains a commit; an npm package has no repository. */
export const hasCommit = (ref: string): boolean =>
  spawnSync('git', ['cat-file', '-e', `${ref}^{commit}`]).status === 0

/** Checks a commit out into a new folder, with the installed packages. */
export function checkedOut(ref: string, folder: string): string {
  const tree = join(folder, 'former')
  mkdirSync(tree, { recursive: true })
  const { stdout, stderr, status } = spawnSync('git', ['archive', ref], { maxBuffer: 2 ** 30 })
  if (status !== 0) throw new Error(`git has no sources of ${ref}: ${stderr}`)
  const { status: unpacked } = spawnSync('tar', ['-x', '-C', tree], { input: stdout })
  if (unpacked !== 0) throw new Error(`tar could not unpack ${ref} into ${tree}`)
  for (const shared of ['node_modules', 'dist'])
    if (existsSync(shared)) symlinkSync(resolve(shared), join(tree, shared))
  return tree
}

/** A store filled by the former commit, and a copy for the present one, which may migrate it. */
export async function storesOf(tree: string, kept: string, registered: number, tell: (what: string) => void) {
  const stores = { former: join(kept, 'former'), present: join(kept, 'present') }
  if (existsSync(stores.present)) return stores
  tell(`${registered.toLocaleString('en')} devices in SQLite …`)
  const { fillStore } = await import(pathToFileURL(join(tree, 'bench', 'store.ts')).href)
  await fillStore(stores.former, sortedNames(registered))
  cpSync(stores.former, stores.present, { recursive: true })
  return stores
}
