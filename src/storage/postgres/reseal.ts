import * as rows from '../rows.ts'
import type { Resealing, SealedBatch } from '../storage.ts'
import type { Session } from './connections.ts'
import { lockUntilCommit } from './locks.ts'

/** Rows that are read and written at once: of batches, and of their blocks, which have 8 KB each. */
const batchesAtOnce = 1000
const blocksAtOnce = 400

/** Reseals every secret of a store of the former form, within a transaction (DataKeyStore.reseal). */
export async function reseal(
  session: Session,
  formerId: string,
  masterKeyId: string,
  anew: Resealing,
): Promise<boolean> {
  // A node that adds a data key waits until all are resealed, and is then refused by its master key's former ID.
  await session.run(lockUntilCommit('masterKey'))
  const fact = await session.one(`SELECT value FROM fact WHERE name = 'master_key_id' FOR UPDATE`)
  if (fact?.value !== formerId) return false
  await resealAccessKeys(session, anew)
  await resealProducts(session, anew)
  await resealBatches(session, anew)
  await session.run(`UPDATE fact SET value = $1 WHERE name = 'master_key_id'`, masterKeyId)
  return true
}

async function resealAccessKeys(session: Session, anew: Resealing): Promise<void> {
  const found = await session.all(
    'SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key FOR UPDATE OF k',
  )
  for (const row of found) {
    const key = rows.sealedAccessKey(row)
    const { wrapped, sealed } = anew.accessKey(key)
    await session.run('UPDATE data_key SET wrapped = $1 WHERE id = $2', wrapped, key.dataKey)
    await session.run('UPDATE access_key SET sealed_secret = $1 WHERE id = $2', sealed, key.id)
  }
}

async function resealProducts(session: Session, anew: Resealing): Promise<void> {
  const found = await session.all(
    `SELECT p.*, d.wrapped, i.account FROM product p
       JOIN data_key d ON d.id = p.data_key JOIN instance i ON i.id = p.instance`,
  )
  for (const row of found) {
    const product = rows.product(row)
    const { wrapped, sealed } = anew.product(product, row.wrapped, row.account)
    await session.run('UPDATE data_key SET wrapped = $1 WHERE id = $2', wrapped, product.dataKey)
    await session.run('UPDATE product SET sealed_secret = $1 WHERE id = $2', sealed, product.id)
  }
}

type OwnedBatch = SealedBatch & { readonly owner: number }

async function resealBatches(session: Session, anew: Resealing): Promise<void> {
  for (let after = 0; ; ) {
    const found = await session.all(
      `SELECT b.*, d.wrapped, i.account AS owner FROM batch b JOIN data_key d ON d.id = b.data_key
         JOIN product p ON p.id = b.product JOIN instance i ON i.id = p.instance
       WHERE b.id > $1 ORDER BY b.id LIMIT $2`,
      after,
      batchesAtOnce,
    )
    if (found.length === 0) return
    const batches = found.map((row) => ({ ...rows.sealedBatch(row), owner: row.owner as number }))
    for (const some of cut(batches)) await resealSome(session, some, anew)
    after = batches.at(-1)!.id
  }
}

/** Splits a list of batches into lists whose blocks fit into memory together. */
function cut(batches: readonly OwnedBatch[]): OwnedBatch[][] {
  const lists: OwnedBatch[][] = []
  let room = 0
  for (const batch of batches) {
    // A block has the secrets of some hundred devices, and a batch has at least one block.
    const blocks = 1 + Math.floor(batch.size / 100)
    if (lists.length === 0 || blocks > room) {
      lists.push([])
      room = blocksAtOnce
    }
    lists.at(-1)!.push(batch)
    room -= blocks
  }
  return lists
}

async function resealSome(session: Session, batches: readonly OwnedBatch[], anew: Resealing): Promise<void> {
  const ids = batches.map(({ id }) => id)
  const numbers = await numbersOf(session, batches)
  const sealing = new Map(batches.map((batch) => [batch.id, anew.batch(batch, batch.owner, numbers)]))
  await session.run(
    `UPDATE data_key d SET wrapped = anew.wrapped FROM unnest($1::bigint[], $2::bytea[]) anew (id, wrapped)
     WHERE d.id = anew.id`,
    batches.map(({ dataKey }) => dataKey),
    ids.map((id) => sealing.get(id)!.wrapped),
  )
  const blocks = await session.all(
    'SELECT batch, block, sealed FROM batch_block WHERE batch = ANY($1::bigint[]) FOR UPDATE',
    ids,
  )
  await session.run(
    `UPDATE batch_block b SET sealed = anew.sealed
     FROM unnest($1::bigint[], $2::integer[], $3::bytea[]) anew (batch, block, sealed)
     WHERE b.batch = anew.batch AND b.block = anew.block`,
    blocks.map(({ batch }) => batch),
    blocks.map(({ block }) => block),
    blocks.map(({ batch, block, sealed }) => sealing.get(batch)!.block(block, sealed)),
  )
}

/** The numbers of the devices that batches still have. */
async function numbersOf(session: Session, batches: readonly OwnedBatch[]): Promise<Set<number>> {
  const found = await session.all(
    'SELECT number FROM device WHERE product = ANY($1::bigint[]) AND number BETWEEN $2 AND $3',
    [...new Set(batches.map(({ product }) => product))],
    Math.min(...batches.map(({ firstNumber }) => firstNumber)),
    Math.max(...batches.map(({ firstNumber, size }) => firstNumber + size)),
  )
  return new Set(found.map(({ number }) => number))
}
