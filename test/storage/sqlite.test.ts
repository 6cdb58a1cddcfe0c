import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import { TestClock } from '../support/deterministic.ts'
import { conformance } from './conformance.ts'

const clock = new TestClock()
let folder = ''

conformance(
  {
    name: 'SQLite files',
    open: (clock) => {
      folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
      return openSqlite(folder, clock)
    },
    openAgain: (clock) => openSqlite(folder, clock),
    clean: () => rmSync(folder, { recursive: true }),
    cannot: [],
  },
  clock,
)

conformance(
  {
    name: 'SQLite in memory',
    open: (clock) => openSqlite(undefined, clock),
    clean: () => {},
    cannot: ['cannot be opened twice: it lives in one process'],
  },
  clock,
)

test('the store of a newer Rollcall is distinguished from a damaged one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  try {
    await openSqlite(folder, clock).close()
    const database = new DatabaseSync(join(folder, 'roll.db'))
    database.exec(`INSERT INTO migration (name, checksum) VALUES ('9999-later.sql', '')`)
    assert.throws(() => openSqlite(folder, clock), /made by a newer Rollcall.*9999-later/)
    database.exec(`DELETE FROM migration WHERE name = '9999-later.sql'; UPDATE migration SET checksum = 'x'`)
    database.close()
    assert.throws(() => openSqlite(folder, clock), /0001-roll.sql has changed/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
