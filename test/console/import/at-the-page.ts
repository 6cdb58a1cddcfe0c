import type { Locator, Page } from 'playwright-core'
import { type Client, createClient } from '../../../src/client/client.ts'
import { sha256 } from '../../support/hashes.ts'
import { credentials } from '../../support/server.ts'
import { reroute } from '../support/calls-of.ts'

/** The texts of the page that tests look for, in each language. */
export const said = {
  en: {
    verify: 'Verify all rows',
    verified: /rows? verified in/,
    importing: /^Import [\d,]+ devices?$/,
    leaveBad: /^Leave out the/,
    skip: /^Skip the/,
    goOn: 'Resume',
    unfinished: /^Unfinished import of/,
    summary: 'Summary',
    applyIds: /^Batches \(ApplyId\): /,
    downloadBad: 'Download bad rows',
    paste: 'Paste',
    pause: 'Pause',
  },
  zh: {
    verify: '校验全部数据',
    verified: /^已校验/,
    importing: /^导入 [\d,]+ 个设备$/,
    leaveBad: /^不导入/,
    skip: /^跳过/,
    goOn: '继续',
    unfinished: /^尚未完成的导入/,
    summary: '汇总',
    applyIds: /^批次（ApplyId）：/,
    downloadBad: '下载错误行',
    paste: '粘贴',
    pause: '暂停',
  },
} as const

/** The one line that says what blocks the next step. */
export const nextStep = (page: Page) => page.getByRole('main').getByRole('status').first()

export async function chooseProduct(page: Page, productKey: string): Promise<void> {
  await page.locator('#import-product').click()
  await page.locator('.ant-select-item-option').filter({ hasText: productKey }).click()
}

/** Gives the page a file, as dropping or choosing one does. */
export async function give(page: Page, name: string, content: Uint8Array | string): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
}

/** Drops files on what `onto` finds, by their names and contents. */
export async function drop(onto: Locator, files: Readonly<Record<string, string>>): Promise<void> {
  await onto.evaluate((place, files) => {
    const dataTransfer = new DataTransfer()
    for (const [name, content] of Object.entries(files)) dataTransfer.items.add(new File([content], name))
    for (const type of ['dragenter', 'dragover', 'drop'])
      place.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, files)
}

/** A client of the server, for what the test itself wants to know or do. */
export function apiOf(url: string): Client {
  return createClient({
    endpoint: url,
    accessKey: { id: credentials.accessKeyId, secret: credentials.accessKeySecret },
    signature: 'v3',
    operations: [],
    async send({ url, headers, body }) {
      const { host: _, ...sendable } = headers
      const response = await fetch(url, {
        method: 'POST',
        headers: sendable,
        body: body as Uint8Array<ArrayBuffer>,
      })
      return {
        status: response.status,
        header: (name) => response.headers.get(name) ?? undefined,
        text: await response.text(),
      }
    },
    hashes: { sha256: sha256.hash, hmacSha256: sha256.hmac, hmacSha1: () => 'of V1, which is not asked for' },
    clock: { now: Date.now },
    nonce: () => crypto.randomUUID(),
    random: Math.random,
    wait: () => Promise.resolve(),
  })
}

/** How many devices a product has. */
export async function devicesOf(api: Client, productKey: string): Promise<number> {
  const { Data } = await api.call('QueryDeviceStatistics', { ProductKey: productKey })
  return Data.deviceCount
}

/** In the page: how many records the browser keeps of imports, by their kinds. */
export const keptRecords = () =>
  new Promise<number[]>((resolve, reject) => {
    const opening = indexedDB.open('rollcall-import')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const kinds = ['imports', 'lines', 'holds']
      const transaction = opening.result.transaction(kinds)
      const counts = kinds.map((kind) => transaction.objectStore(kind).count())
      transaction.oncomplete = () => {
        opening.result.close()
        resolve(counts.map(({ result }) => result))
      }
    }
  })

/** In the page: makes the import that is kept another account's, or another day's. Resolves with whose it was. */
export const changeKept = (to: { readonly accountId?: string; readonly begun?: number }) =>
  new Promise<string>((resolve, reject) => {
    const opening = indexedDB.open('rollcall-import')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('imports', 'readwrite')
      const imports = transaction.objectStore('imports')
      const reading = imports.getAll()
      let before = ''
      reading.onsuccess = () => {
        for (const one of reading.result) {
          before = one.account.id
          const { accountId: id = one.account.id, begun = one.begun } = to
          imports.put({ ...one, account: { ...one.account, id }, begun })
        }
      }
      transaction.oncomplete = () => {
        opening.result.close()
        resolve(before)
      }
    }
  })

/** In the page: rewrites the journal that is kept as an earlier release has kept it, with ApplyIds beside its lines. */
export const ageJournal = () =>
  new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('rollcall-import')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('lines', 'readwrite')
      const reading = transaction.objectStore('lines').openCursor()
      reading.onsuccess = () => {
        const cursor = reading.result
        if (cursor === null) return
        const { of, line } = cursor.value
        const { applyId, rows: _, ...old } = line
        cursor.update({ of, line: old, applyIds: applyId === undefined ? [] : [applyId] })
        cursor.continue()
      }
      transaction.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })

/** Has the server do a call that imports, and nobody hear its answer. @param lost which one, counted from 1 */
export async function loseAnswer(page: Page, lost: number): Promise<{ readonly lost: Promise<void> }> {
  const gone = Promise.withResolvers<void>()
  let calls = 0
  await reroute(page, 'BatchImportDevice', async (route) => {
    if (++calls !== lost) return route.continue()
    await route.fetch()
    gone.resolve()
  })
  return { lost: gone.promise }
}
