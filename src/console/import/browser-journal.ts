import { ImportJournal, type JournalLine } from '../../importer/journal.ts'
import type { StoredLine } from './store.ts'

/** An import's journal in the browser. */
export class BrowserJournal extends ImportJournal {
  protected readonly write: (lines: readonly JournalLine[]) => Promise<void>

  /**
   * @param write stores lines; undefined if the journal is only for this worker
   * @param stored the stored lines of an import that is resumed
   */
  constructor(write = async (_: readonly JournalLine[]) => {}, stored: readonly StoredLine[] = []) {
    super()
    this.write = write
    for (const { line, applyIds = [] } of stored) {
      this.take(line)
      this.applyIds.push(...applyIds)
    }
  }
}
