import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../../dist/console', import.meta.url))

/** Returns the scripts and styles that a browser fetches before the form is usable: those that the page names, and their imports. */
function loadedWith(entry: string): string[] {
  const loaded = new Set<string>()
  const follow = (file: string) => {
    if (loaded.has(file)) return
    loaded.add(file)
    const text = readFileSync(join(built, file), 'utf8')
    for (const [, imported] of text.matchAll(/\bimport(?:[^"'()]*?from)?["'](\.[^"']+)["']/g))
      follow(join(dirname(file), imported!))
  }
  const html = readFileSync(join(built, entry), 'utf8')
  for (const [, named] of html.matchAll(/(?:src|href)="\/console\/([^"]+\.(?:js|css))"/g)) follow(named!)
  return [...loaded]
}

test('the sign-in form is usable after at most 250 kB compressed', () => {
  const files = loadedWith('index.html')
  assert.ok(files.length >= 2, `only ${files} were found`)
  const bytes = files.reduce((sum, file) => sum + statSync(join(built, `${file}.gz`)).size, 0)
  assert.ok(bytes <= 250_000, `${bytes} bytes: ${files.join(', ')}`)
})

test('the page has no inline script or style, and loads nothing from elsewhere', () => {
  const html = readFileSync(join(built, 'index.html'), 'utf8')
  assert.match(html, /<link rel="stylesheet"[^>]*href="\/console\/[^"]+\.css"/)
  assert.match(html, /<span>AccessKeyId<\/span><input/)
})

test('the page has no script and no style of its own, and nothing that is elsewhere', () => {
  const html = readFileSync(join(built, 'index.html'), 'utf8')
  assert.doesNotMatch(html, /<style|\sstyle="|<script(?![^>]*src=)|\son\w+="|https?:/)
})

test('nothing that is built makes code of text', () => {
  for (const file of readdirSync(join(built, 'assets')).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(built, 'assets', file), 'utf8')
    assert.doesNotMatch(text, /\bnew Function\(|[^.\w]eval\(/, file)
  }
})
