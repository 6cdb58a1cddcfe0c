import { ImportJournal, type JournalLine } from '../../importer/journal.ts'
import type { StoredJournal } from './store.ts'

/** Keeps what a journal is told. */
export type WriteJournal = (written: StoredJournal) => Promise<void>

/** An import's journal with the ApplyIds of its calls, kept where the browser keeps it. */
export class BrowserJournal extends ImportJournal {
  readonly applyIds: string[]
  readonly #keep: WriteJournal
  /** ApplyIds that are written with the next line. */
  #unwritten: string[] = []

  /** @param kept what was written of it before */
  constructor(keep: WriteJournal, kept: StoredJournal = { lines: [], applyIds: [] }) {
    super()
    this.#keep = keep
    this.applyIds = [...kept.applyIds]
    for (const line of kept.lines) this.take(line)
  }

  /** A call has imported devices; it is written down with the next step, which is that they are in. */
  imported(applyId: string): void {
    this.applyIds.push(applyId)
    this.#unwritten.push(applyId)
  }

  protected async write(lines: readonly JournalLine[]): Promise<void> {
    const applyIds = this.#unwritten
    this.#unwritten = []
    await this.#keep({ lines, applyIds })
  }
}
