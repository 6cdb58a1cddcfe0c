import { Pace } from '../../client/pace.ts'
import type { AccessKey } from '../../client/sign.ts'
import { importsAtOnceMax } from '../../importer/import-all.ts'
import { hashes } from '../shell/hashes.ts'
import { chunkRows, openBlob } from './blob-rows.ts'
import type { FromWorker, Reading } from './messages.ts'
import { retryingClient } from './retrying-client.ts'
import { randomSeed } from './seed.ts'

/** A browser file with its reading options. */
export interface ChosenFile {
  readonly file: Blob
  readonly name: string
  readonly reading: Reading
}

/**
 * Opens a file for a pass of the importer, with a client that retries read-only calls.
 * @param tell receives the state of the connection and quota
 * @param cut aborts calls in progress as well; undefined to finish them
 * @throws UnreadableFile
 */
export async function openPass(
  { file, name, reading }: ChosenFile,
  accessKey: AccessKey,
  tell: (message: FromWorker) => void,
  signal: AbortSignal,
  cut?: AbortSignal,
) {
  const source = await openBlob(file, name, reading, chunkRows)
  // A browser has six connections; two are left for the page.
  const pace = new Pace(importsAtOnceMax)
  const client = retryingClient(accessKey, pace, tell, signal, cut)
  const { sha256 } = hashes
  return { source, client, pass: { chunks: source.chunks, pace, signal, seed: randomSeed(), sha256 } }
}
