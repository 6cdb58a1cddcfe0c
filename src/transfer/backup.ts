import { createHash } from 'node:crypto'
import { createGzip } from 'node:zlib'
import { writeFileAtomically } from '../lib/atomic-file.ts'
import { tables } from '../storage/content.ts'
import type { TableReader, TableStore } from '../storage/storage.ts'
import { formatNumber, type Head, presentSchema } from './backup-format.ts'
import { type Digest, Digester, type Progress } from './digest.ts'
import { linesOf } from './lines.ts'
import { masterKeyOf, refuseUnfinished } from './state.ts'

/** Half of a backup is sealed secrets, which don't compress; a higher level saves only a few percent. */
const compression = 3

export interface BackupOptions {
  readonly replace: boolean
  /** Rollcall's version. */
  readonly program: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Writes a snapshot of a store to a file. Servers on the store keep running. */
export async function backUp(
  from: TableStore,
  file: string,
  { replace, program, now }: BackupOptions,
  progress: Progress,
): Promise<Digest & { readonly head: Head }> {
  return from.read(async (store) => {
    await refuseUnfinished(store, from.place)
    const masterKey = await masterKeyOf(store, from.place)
    const head: Head = {
      rollcall: 'backup',
      format: formatNumber,
      program,
      made: new Date(now).toISOString(),
      masterKey,
      schema: presentSchema,
    }
    const digester = new Digester()
    const text = textOf(store, head, digester, progress)
    await writeFileAtomically(file, replace, text, [createGzip({ level: compression })])
    return { head, ...digester.result() }
  })
}

async function* textOf(
  store: TableReader,
  head: Head,
  digester: Digester,
  progress: Progress,
): AsyncGenerator<string> {
  const sha256 = createHash('sha256')
  const hashed = (text: string) => {
    sha256.update(text)
    return text
  }
  yield hashed(`${JSON.stringify(head)}\n`)
  for (const table of tables) {
    digester.table(table.name)
    yield hashed(`${JSON.stringify({ table: table.name })}\n`)
    for await (const rows of store.rows(table)) {
      const lines = linesOf(table, rows)
      digester.add(lines, rows.length)
      yield hashed(lines)
      progress(table.name, rows.length)
    }
  }
  yield hashed(`${JSON.stringify({ counters: await store.counters() })}\n`)
  const end = { digest: digester.result().digest, sha256: sha256.digest('hex') }
  yield `${JSON.stringify({ end })}\n`
}
