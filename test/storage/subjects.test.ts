import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'

const filesOf = (folder: string) => readdirSync(new URL(`../../src/storage/${folder}`, import.meta.url))

// One guess finds a statement: the part of the port that it belongs to has the same file name in both drivers.
for (const driver of ['sqlite', 'postgres'])
  test(`${driver} has a file for each part of the port`, () => {
    const files = filesOf(driver)
    assert.deepEqual(
      filesOf('port').filter((file) => !files.includes(file)),
      [],
    )
  })
