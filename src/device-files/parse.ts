import { type CsvError, parse } from 'csv-parse/sync'
import { delimiterIn } from './delimiter.ts'
import { UnreadableFile } from './unreadable.ts'

/** Options that make csv-parse split rows the way `RowPlaces` and `cut` do. */
const asRead = {
  relax_column_count: true,
  // A quote inside a cell is text.
  relax_quotes: true,
  record_delimiter: ['\r\n', '\n', '\r'],
}

/**
 * Parses the rows of a text with quotes; skips empty lines.
 * @param line line number of the first row
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
 * Splits pasted text into cells, one row per line, including empty lines. Trims spaces around cells. An
 * unclosed quote is text.
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
