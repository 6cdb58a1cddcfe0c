import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  bytesWhileCopied,
  readHead,
  readSnapshot,
  writeSnapshot,
} from '../../src/registry/name-snapshot-file.ts'
import { LargeNameSet } from '../../src/wasm/large-name-set.ts'
import { type NodeOptions, SnapshotNodes } from '../support/snapshot-nodes.ts'

// Goal: a starting node reads the names of a large product from their snapshot, and never answers from one that differs from
// the store. Method: one node writes, another one reads; in between the file or the store changes.

const names = Array.from({ length: 300 }, (_, i) => `name-${String(i).padStart(3, '0')}`)
const asked = ['name-000', 'name-299', 'nemo-000', 'late-001', 'late-002']

async function answers(
  nodes: SnapshotNodes,
  expected: readonly string[],
  node = nodes.node(),
): Promise<void> {
  // First while the names are being read, then from memory.
  assert.deepEqual(await node.taken(asked), expected)
  await node.whole()
  assert.deepEqual(await node.taken(asked), expected)
}

test('a starting node reads the snapshot instead of the names in the store', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    await nodes.snapshot()
    await answers(nodes, ['name-000', 'name-299'])
    assert.equal(nodes.chunksRead, 0)
    assert.match(nodes.lines.join('\n'), /^names were read from their snapshot/)
    assert.deepEqual(
      [statSync(nodes.path()).mode & 0o777, statSync(nodes.folder).mode & 0o777],
      [0o600, 0o700],
    )
  }))

test('changes since the snapshot come from the change log', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    await nodes.snapshot()
    await nodes.add(['late-001', 'late-002'])
    await nodes.storage.devices.delete(await nodes.store.device('name-299'), 8)
    await nodes.storage.devices.delete(await nodes.store.device('late-001'), 8)
    await answers(nodes, ['late-002', 'name-000'])
    assert.equal(nodes.chunksRead, 0)
  }))

test('a snapshot of many chunks is restored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-names-'))
  const path = join(folder, 'names')
  try {
    const set = new LargeNameSet(700_000, 7)
    for (let from = 0; from < 700_000; from += 10_000)
      set.addLines(Buffer.from(Array.from({ length: 10_000 }, (_, i) => `name-of-17-${from + i}`).join('\n')))
    const key = Buffer.from('key')
    const bytes = bytesWhileCopied(set.bytes)
    const head = { product: 1, revision: 2, change: Buffer.alloc(32), seed: 7, bytes }
    const written = await open(path, 'wx')
    await writeSnapshot(written, head, set.copy(bytes), key, async () => {})
    await written.close()
    assert.ok(statSync(path).size > 16 * 2 ** 20)
    const file = await open(path)
    assert.deepEqual(await readHead(file), head)
    const read = await readSnapshot(file, key)
    await file.close()
    assert.equal(read.size, 700_000)
    read.deleteLines(Buffer.from('name-of-17-0\nname-of-17-699999'))
    assert.equal(read.size, 699_998)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

const outdated: Record<
  string,
  { change(nodes: SnapshotNodes): Promise<unknown>; line: RegExp; more?: NodeOptions }
> = {
  'the change log has forgotten its revision': {
    change: (nodes) => nodes.add(['late-001'], 2 * 3_600_000),
    line: /was removed: the change log no longer has revision 1/,
  },
  'the store was restored from an earlier backup': {
    async change(nodes) {
      await nodes.add(['late-001'])
      await nodes.snapshot()
      await nodes.restore([names])
    },
    line: /was removed: it is of revision 2, and the product is at 1/,
  },
  'the store was restored, and has come to the same revision by another change': {
    async change(nodes) {
      await nodes.add(['late-001'])
      await nodes.snapshot()
      await nodes.restore([names, ['late-002']])
    },
    line: /was removed: revision 2 of the product is another change/,
  },
  'the store was restored, and the last change alone is the same': {
    async change(nodes) {
      await nodes.add(['late-001'])
      await nodes.add(['late-002'])
      await nodes.snapshot()
      await nodes.restore([names, ['late-00X', 'late-00Y'], ['late-002']])
    },
    line: /set aside.*: the change log does not lead from it/,
  },
  'hashes have another seed': {
    change: async () => {},
    line: /was removed: its hashes have another seed/,
    more: { seed: 2 },
  },
  'another store wrote it': {
    change: async () => {},
    line: /set aside.*: its digest does not match/,
    more: { key: Buffer.from('another key') },
  },
}

for (const [what, { change, line, more }] of Object.entries(outdated)) {
  test(`a node discards a snapshot if ${what}`, () =>
    SnapshotNodes.with(async (nodes) => {
      await nodes.add(names)
      await nodes.snapshot()
      await change(nodes)
      const known = await nodes.store.taken(asked)
      await answers(nodes, known, nodes.node(more))
      assert.match(nodes.lines.join('\n'), line)
      assert.equal(nodes.hasSnapshot, false)
      assert.ok(nodes.chunksRead > 0, 'the names were read from the store')
    }))
}

test('a node sets a snapshot aside that is damaged or cut at any byte', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    await nodes.snapshot()
    const whole = readFileSync(nodes.path())
    const known = ['name-000', 'name-299']
    // Bytes of every field of the head, of the first piece's head, of the digest, and some in between.
    const ends = [0, 15, 16, 47, 48, 79, 80, 88, 89, 96, 98, 103, 104, 107, 111, 112, 115, 116, 118, 119, 120]
    const digest = [1, 16, 32, 33, 40].map((fromEnd) => whole.length - fromEnd)
    const between = Array.from({ length: 30 }, (_, i) => 121 + i * Math.floor((whole.length - 160) / 30))
    const damaged = [...ends, ...between, ...digest].map((place) => {
      const bytes = Buffer.from(whole)
      bytes[place]! ^= 1 << (place % 8)
      return bytes
    })
    const cut = [0, 1, 50, 111, 112, 119, 120, 500, whole.length - 1].map((end) => whole.subarray(0, end))
    const longer = [Buffer.concat([whole, Buffer.from('x')])]
    for (const bytes of [...damaged, ...cut, ...longer]) {
      writeFileSync(nodes.path(), bytes)
      nodes.lines.length = 0
      const node = nodes.node()
      await node.whole()
      assert.deepEqual(await node.taken(asked), known)
      assert.match(nodes.lines.join('\n'), /set aside|was removed/)
      assert.equal(nodes.hasSnapshot, false)
      await node.close()
    }
    // The last damaged file remains for inspection, and the names were read from the store each time.
    assert.deepEqual(readdirSync(nodes.folder), [`${nodes.store.product}.damaged`])
    assert.ok(nodes.chunksRead >= damaged.length)
  }))

test('a node writes a snapshot while names are added and deleted', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    let rests = 0
    const writer = nodes.node({
      // Between two pieces, adds a few names and deletes one of the first.
      async rest() {
        rests++
        await nodes.add([`more-${rests}`, `most-${rests}`])
        await nodes.storage.devices.delete(await nodes.store.device(names[rests]!), 8)
        await writer.taken(['none'])
      },
    })
    await writer.whole()
    await writer.tick()
    assert.ok(rests >= 3, `${rests} pieces`)
    assert.ok(nodes.hasSnapshot, nodes.lines.join())
    nodes.chunksRead = 0
    const reader = nodes.node()
    await reader.whole()
    const all = [...names, ...Array.from({ length: 100 }, (_, i) => [`more-${i}`, `most-${i}`]).flat()]
    assert.deepEqual(await reader.taken(all), await nodes.store.taken(all))
    assert.equal(nodes.chunksRead, 0, 'from the snapshot')
    assert.equal(reader.size, (await nodes.store.taken(all)).length)
  }))

test('a node retries 5 minutes later if the set grows too much during the copy', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    let rests = 0
    const writer = nodes.node({
      async rest() {
        if (rests++ > 0) return
        await nodes.add(Array.from({ length: 9000 }, (_, i) => `more-${i}`))
        await writer.taken(['none'])
      },
    })
    await writer.whole()
    await writer.tick()
    assert.deepEqual([nodes.hasSnapshot, readdirSync(nodes.folder)], [false, []])
    nodes.clock.advance(6 * 60_000)
    await writer.tick()
    assert.equal(nodes.hasSnapshot, true)
    await answers(nodes, ['name-000', 'name-299'])
  }))

test('one of several nodes replaces a snapshot that is 5 minutes old if names have changed', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    const both = [nodes.node(), nodes.node()]
    for (const node of both) await node.whole()
    const changedAt = () => statSync(nodes.path(), { bigint: true }).ino
    await Promise.all(both.map((node) => node.tick()))
    const first = changedAt()
    for (const node of both) await node.tick()
    assert.equal(changedAt(), first, 'nothing has changed')
    await nodes.add(['late-001'])
    for (const node of both) assert.deepEqual(await node.taken(asked), ['late-001', 'name-000', 'name-299'])
    for (const node of both) await node.tick()
    assert.equal(changedAt(), first, 'it is not old enough')
    nodes.clock.advance(6 * 60_000)
    await both[0]!.tick()
    const second = changedAt()
    assert.notEqual(second, first)
    await both[1]!.tick()
    assert.equal(changedAt(), second, 'the other process has just written it')
  }))

test('a node removes the draft of a process that ended before renaming it', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    mkdirSync(nodes.folder)
    const draft = join(nodes.folder, `${nodes.store.product}.4711.part`)
    const writtenAt = (ageMs: number) => {
      writeFileSync(draft, 'half of a snapshot')
      utimesSync(draft, new Date(), new Date(nodes.clock.now() - ageMs))
    }
    const node = nodes.node()
    await node.whole()
    writtenAt(1000)
    await node.tick()
    assert.deepEqual([nodes.hasSnapshot, readdirSync(nodes.folder).length], [false, 1], 'it is being written')
    writtenAt(120_000)
    await node.tick()
    assert.deepEqual(readdirSync(nodes.folder), [`${nodes.store.product}.names`])
  }))

test('a node deletes snapshots beyond the limit and those of deleted products', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    const other = await nodes.store.insertProduct('pk2', 'second')
    await nodes.storage.devices.insertBatch(nodes.store.batchOf(names, other))
    await nodes.snapshot()
    const { size } = statSync(nodes.path())
    writeFileSync(nodes.path(4711), 'of a deleted product')
    writeFileSync(join(nodes.folder, 'README'), 'of the operator')
    nodes.clock.advance(60_000)
    const node = nodes.node({ bytesMax: size + 1000 })
    await node.whole(other)
    utimesSync(nodes.path(), new Date(), new Date(nodes.clock.now() - 1000))
    await node.tick()
    assert.deepEqual(readdirSync(nodes.folder).sort(), [`${other}.names`, 'README'])
  }))

test('a node without a usable folder logs it and answers from the store', () =>
  SnapshotNodes.with(async (nodes) => {
    await nodes.add(names)
    // A file in the place of the folder: root may write everywhere else.
    writeFileSync(nodes.folder, '')
    const node = nodes.node()
    await answers(nodes, ['name-000', 'name-299'], node)
    await node.tick()
    assert.match(nodes.lines.join('\n'), /could not be read[\s\S]*can't be written/)
  }))

test('a node rebuilds a set after many deletions, without its snapshot', () =>
  SnapshotNodes.with(async (nodes) => {
    const long = Array.from({ length: 10_000 }, (_, i) => `${'x'.repeat(110)}-${i}`)
    await nodes.add(names)
    const batch = await nodes.add(long)
    await nodes.snapshot()
    const [node, other] = [nodes.node(), nodes.node()]
    await node.whole()
    await nodes.storage.devices.deleteUnchanged(batch, 8)
    assert.deepEqual(await node.taken(asked), ['name-000', 'name-299'])
    assert.equal(nodes.hasSnapshot, false)
    await answers(nodes, ['name-000', 'name-299'], node)
    await answers(nodes, ['name-000', 'name-299'], other)
    assert.deepEqual([node.size, other.size], [300, 300])
  }))
