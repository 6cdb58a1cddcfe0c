import * as rows from '../rows.ts'
import type { Resealing } from '../storage.ts'
import type { Statements } from './statements.ts'

/**
 * Reseals every secret of a store of the former form, in one transaction (DataKeyStore.reseal). It runs on the
 * caller's own connection: functions can't be sent to the writing thread.
 */
export function reseal(
  statements: Statements,
  formerId: string,
  masterKeyId: string,
  anew: Resealing,
): boolean {
  const { one, run, transaction } = statements
  return transaction(() => {
    if (one(`SELECT value FROM fact WHERE name = 'master_key_id'`)?.value !== formerId) return false
    resealAccessKeys(statements, anew)
    resealProducts(statements, anew)
    resealBatches(statements, anew)
    run(`UPDATE fact SET value = ? WHERE name = 'master_key_id'`, masterKeyId)
    return true
  })
}

function resealAccessKeys({ all, run }: Statements, anew: Resealing): void {
  for (const row of all('SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key')) {
    const key = rows.sealedAccessKey(row)
    const { wrapped, sealed } = anew.accessKey(key)
    run('UPDATE data_key SET wrapped = ? WHERE id = ?', wrapped, key.dataKey)
    run('UPDATE access_key SET sealed_secret = ? WHERE id = ?', sealed, key.id)
  }
}

function resealProducts({ all, run }: Statements, anew: Resealing): void {
  const found = all(
    `SELECT p.*, d.wrapped, i.account FROM product p
       JOIN data_key d ON d.id = p.data_key JOIN instance i ON i.id = p.instance`,
  )
  for (const row of found) {
    const product = rows.product(row)
    const { wrapped, sealed } = anew.product(product, rows.buffer(row.wrapped), row.account)
    run('UPDATE data_key SET wrapped = ? WHERE id = ?', wrapped, product.dataKey)
    run('UPDATE product SET sealed_secret = ? WHERE id = ?', sealed, product.id)
  }
}

function resealBatches({ all, run }: Statements, anew: Resealing): void {
  const found = all(
    `SELECT b.*, d.wrapped, i.account AS owner FROM batch b JOIN data_key d ON d.id = b.data_key
       JOIN product p ON p.id = b.product JOIN instance i ON i.id = p.instance`,
  )
  for (const row of found) {
    const batch = rows.sealedBatch(row)
    const { id, firstNumber, size } = batch
    const present = all(
      'SELECT number FROM device WHERE number BETWEEN ? AND ?',
      firstNumber,
      firstNumber + size - 1,
    )
    const numbers = new Set(present.map(({ number }) => number as number))
    const { wrapped, block: sealedAnew } = anew.batch(batch, row.owner, numbers)
    run('UPDATE data_key SET wrapped = ? WHERE id = ?', wrapped, batch.dataKey)
    for (const { block, sealed } of all('SELECT block, sealed FROM batch_block WHERE batch = ?', id)) {
      const after = sealedAnew(block, rows.buffer(sealed))
      run('UPDATE batch_block SET sealed = ? WHERE batch = ? AND block = ?', after, id, block)
    }
  }
}
