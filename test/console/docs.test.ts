import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { excerpt, type Section, searchThrough, words } from '../../src/console/docs/search.ts'
import { help } from '../../src/console/shell/help.ts'

const built = fileURLToPath(new URL('../../dist/console/docs', import.meta.url))

const pages = globSync('**/*.html', { cwd: built }).map((file) => file.replaceAll('\\', '/'))
const html = new Map(pages.map((page) => [page, readFileSync(join(built, page), 'utf8')]))

const anchorsOf = (page: string) => [...html.get(page)!.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)

suite('the bundled documentation', () => {
  test('has every guide and operation', () => {
    assert.ok(html.has('guide/console.html') && html.has('guide/console.zh-CN.html'))
    assert.ok(html.has('reference/actions/BatchCheckImportDevice.html'))
    assert.ok(!pages.some((page) => page.startsWith('decisions')))
  })

  test('has no dead link, and no picture that is missing', () => {
    for (const [page, text] of html) {
      for (const [, href] of text.matchAll(/<a href="([^"]+)"/g)) {
        if (/^https?:/.test(href!)) continue
        const [path, anchor] = href!.split('#')
        const target = path === '' ? page : path!.replace('/console/docs/', '')
        if (path === '/console/') continue
        assert.ok(html.has(target), `${page} links to ${href}`)
        if (anchor !== undefined)
          assert.ok(anchorsOf(target).includes(decodeURIComponent(anchor)), `${page} links to ${href}`)
      }
      for (const [, src] of text.matchAll(/<img src="([^"]+)"/g)) {
        const file = src!.startsWith('/console/')
          ? join(built, '..', src!.slice('/console/'.length))
          : join(built, posix.join(posix.dirname(page), src!))
        assert.ok(existsSync(file), `${page} shows ${src}`)
      }
    }
  })

  test('has a chapter for each page of the console', () => {
    for (const chapters of Object.values(help))
      for (const at of Object.values(chapters)) {
        const [page, anchor] = at.split('#')
        assert.ok(html.has(page!), at)
        if (anchor !== undefined) assert.ok(anchorsOf(page!).includes(anchor), at)
      }
  })
})

for (const [language, sought, at] of [
  ['en', 'BatchCheckImportDevice', 'reference/actions/BatchCheckImportDevice.html'],
  ['en', 'restore a backup', 'guide/data.html'],
  ['en', 'pgbouncer', 'guide/scale-out.html'],
  ['zh-CN', '批量导入', 'guide/console.zh-CN.html'],
] as const) {
  test(`a search for ${sought} finds ${at}`, () => {
    const sections = JSON.parse(readFileSync(join(built, `search-${language}.json`), 'utf8')) as Section[]
    const found = searchThrough(sections)(sought).slice(0, 5)
    assert.ok(
      found.some((section) => section.at.startsWith(at)),
      JSON.stringify(found.map(({ at }) => at)),
    )
    assert.ok(excerpt(found[0]!, sought).length <= 161)
  })
}

test('Chinese is cut into pairs', () => {
  assert.deepEqual(words('MQTT 设备接入 v5'), ['mqtt', '设备', '备接', '接入', 'v5'])
})
