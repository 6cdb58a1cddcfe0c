import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** The texts that sources cite by section. */
const cited = { 'wire-facts': 'docs/wire-facts.md', design: 'docs/design.md' } as const

const sources = globSync(['{src,test,bench,scripts,docs}/**/*.{ts,md,sql}', '*.md'])

for (const [name, file] of Object.entries(cited)) {
  test(`every cited section of ${name} exists`, () => {
    const text = readFileSync(file, 'utf8')
    for (const source of sources) {
      for (const [, section] of readFileSync(source, 'utf8').matchAll(
        new RegExp(`${name} §([0-9]+(?:\\.[0-9]+)?)`, 'g'),
      )) {
        const [chapter, part] = section!.split('.')
        // A part is a heading of its own, or an entry of the chapter's numbered list.
        const heads = part === undefined ? [`## ${chapter}. `] : [`### ${section} `, `\n${part}. `]
        assert.ok(
          text.includes(`## ${chapter}. `) && heads.some((head) => text.includes(head)),
          `${source} cites ${name} §${section}, which ${file} does not have`,
        )
      }
    }
  })
}
