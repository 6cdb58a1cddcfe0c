import { type CsvError, parse } from 'csv-parse/sync'
import { delimiterIn } from './delimiter.ts'
import { UnreadableFile } from './unreadable.ts'

/** What csv-parse is told, so that it sees the cells that `RowPlaces` and `cut` see. */
const asRead = {
  relax_column_count: true,
  // A quote inside a cell is text.
  relax_quotes: true,
  record_delimiter: ['\r\n', '\n', '\r'],
}

/**
 * The rows of a text that has quotes in it; those of empty lines are left out.
 * @param line of the text's beginning
 * @throws UnreadableFile
 */
export function parsed(text: string, delimiter: string, line: number): string[][] {
  try {
    return parse(text, { ...asRead, delimiter, skip_empty_lines: true })
  } catch (error) {
    const { lines = 1 } = error as CsvError & { lines?: number }
    const cause = (error as CsvError).code ?? ''
    throw new UnreadableFile({ code: 'MisplacedQuote', line: line + lines - 1, cause })
  }
}

/**
 * The cells of a text that was pasted, a row for each line, empty ones too. Spaces around cells are left out. A quote
 * that is not closed is text.
 */
export function pastedCells(text: string): string[][] {
  const read = (delimiter: string, quote: '"' | false) =>
    parse(text, { ...asRead, delimiter, quote, trim: true }) as string[][]
  const orText = (delimiter: string) => {
    try {
      return read(delimiter, '"')
    } catch {
      return read(delimiter, false)
    }
  }
  const first = (delimiter: string, count: number) =>
    orText(delimiter)
      .filter((cells) => cells.some((cell) => cell !== ''))
      .slice(0, count)
  return orText(delimiterIn(first, {}))
}
