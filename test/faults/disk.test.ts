import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { ask, devicesNamed, type Node, takenOn } from '../support/nodes.ts'
import { launcher, type Place, temporaryPlace } from '../support/process.ts'
import { credentials } from '../support/server.ts'
import { goodDevices, send } from '../support/sign.ts'

/*
 * A data folder on a small disk of its own, in memory: a process that may have file systems of its own mounts it
 * there, and nobody else sees it.
 */
const apart = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
const can = spawnSync('unshare', [...apart, 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp']).status === 0
const skip = !can && 'this system lets us mount nothing of our own'

const inside = (place: Place, options: string, ...args: string[]) => {
  const data = place.file('data')
  mkdirSync(data, { recursive: true })
  const script = `mount -t tmpfs -o ${options} tmpfs "${data}" && exec "$0" "$@"`
  return place.start('unshare', ...apart, 'sh', '-c', script, process.execPath, launcher, ...args)
}

/** A server on such a disk; the disk as this process sees it. */
async function serveOn(place: Place, options: string): Promise<Node & { readonly disk: string }> {
  const process = inside(place, options, 'serve', '--port', '0', '--quota', 'off')
  const [, url] = await process.until(/^rollcall is listening on (\S+)$/m)
  return { url: url!, process, disk: `/proc/${process.child.pid}/root${place.file('data')}` }
}

/** Takes all the room that there is; gives it back by removing the file. */
function fill(disk: string): string {
  const file = join(disk, 'filler')
  for (let size = 2 ** 20; size >= 512; size /= 2) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
    }
  }
  return file
}

const known = {
  ROLLCALL_ACCESS_KEY_ID: credentials.accessKeyId,
  ROLLCALL_ACCESS_KEY_SECRET: credentials.accessKeySecret,
  ROLLCALL_PRODUCT_KEY: credentials.productKey,
}

suite('a disk', { skip }, () => {
  test('that is full: calls and health report it, no data is lost or partial, and freeing space is enough to recover', async (t) => {
    const node = await serveOn(temporaryPlace(t).with(known), 'size=24m')
    const health = async () => (await send(node.url, { method: 'GET', path: '/healthz' })).status
    const before = await ask(node, 'BatchImportDevice', goodDevices(2000, 'before'))
    assert.equal(before.body.Success, true)

    const filler = fill(node.disk)
    const imports = []
    for (let n = 0; n < 4; n++) {
      imports.push(await ask(node, 'BatchImportDevice', goodDevices(10_000, `full-${n}`)))
    }
    const refused = imports.at(-1)!
    assert.deepEqual([refused.status, refused.body.Code], [503, 'ServiceUnavailable'])
    assert.match(node.process.stderr, /(roll|gate)\.db: database or disk is full/)
    // Nonces fill the space that the files have left.
    while ((await health()) === 200) await ask(node, 'BatchCheckImportDevice', devicesNamed(['some-name']))

    rmSync(filler)
    // An answer holds for a second.
    while ((await health()) !== 200);
    for (const [n, { body }] of imports.entries()) {
      const names = [`full-${n}-00001`, `full-${n}-10000`]
      assert.deepEqual(await takenOn(node, names), body.Success ? names : [])
    }
    const after = await ask(node, 'BatchImportDevice', goodDevices(2000, 'after'))
    assert.equal(after.body.Success, true, after.text)
    assert.deepEqual(await takenOn(node, ['before-02000', 'after-02000']), ['after-02000', 'before-02000'])
  })

  for (const [what, options, complaint] of [
    ['may only be read', 'ro', /^rollcall: the data folder can't be written: EROFS.*data'\n$/],
    ['has no room for a store', 'size=40k', /^rollcall: .*roll\.db: database or disk is full\n$/],
    [
      'has no room for all of it',
      'size=400k',
      /^rollcall: .*\.db: (database or disk is full|disk I\/O error)\n$/,
    ],
  ] as const) {
    test(`that ${what} ends the start with a line`, async (t) => {
      const { status, stdout, stderr } = await inside(temporaryPlace(t), options, 'serve', '--port', '0')
        .ended
      assert.deepEqual([status, stdout], [1, ''])
      assert.match(stderr, complaint)
    })
  }
})

// Without the right to mount, a limit on the size of files has nearly the same effect and can be lifted.
test('files that may not grow: calls report it, no data is partial, and it recovers', async (t) => {
  if (spawnSync('prlimit', ['--version']).status !== 0 || !existsSync('/proc/self')) {
    t.skip('there is no prlimit')
    return
  }
  const { url, process: server } = await temporaryPlace(t).with(known).serve('--quota', 'off')
  const node = { url, process: server }
  const limit = (size: string) => {
    const { status, stderr } = spawnSync('prlimit', ['--pid', `${server.child.pid}`, `--fsize=${size}`])
    assert.equal(status, 0, String(stderr))
  }
  limit('400000:unlimited')
  const refused = await ask(node, 'BatchImportDevice', goodDevices(10_000))
  assert.deepEqual([refused.status, refused.body.Code], [503, 'ServiceUnavailable'])
  assert.match(server.stderr, /roll\.db: disk I\/O error/)
  limit('unlimited:unlimited')
  assert.deepEqual(await takenOn(node, ['light-00001', 'light-10000']), [])
  assert.equal((await ask(node, 'BatchImportDevice', goodDevices(10_000))).body.Success, true)
})
