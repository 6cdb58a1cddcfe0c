import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, afterEach, before, type TestContext } from 'node:test'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { credentials } from '../../support/server.ts'
import { launchChromium } from './chromium.ts'

/** How somebody sits before the console. */
export interface Visitor {
  readonly language?: 'en' | 'zh'
  readonly theme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  /** The path behind the hash, as in /products; the overview where it is left out. */
  readonly at?: string
  /** Whose key is used; the account's own where it is left out, nobody's where it is null. */
  readonly accessKey?: { readonly id: string; readonly secret: string } | null
  /** Keeps the key for a reload, as the checkbox does. */
  readonly stay?: boolean
}

export const desktop = { width: 1280, height: 800 }
export const phone = { width: 390, height: 844 }

/**
 * A browser for the tests of a suite. Where these close a server after each, this comes before: a page complains of a
 * server that is gone.
 */
export function browsing() {
  let browser: Browser
  let open: Visit[] = []
  before(async () => {
    browser = await launchChromium()
  })
  const leave = async (t: unknown) => {
    const left = open
    open = []
    for (const { page, context } of left) {
      await addWhatWasSeen(t, page)
      // A call that a test holds back may be asked about when its page is gone.
      for (const each of context.pages()) await each.unrouteAll({ behavior: 'ignoreErrors' })
      await context.close()
    }
  }
  afterEach(leave)
  after(() => browser?.close())
  return {
    /**
     * Opens the console of a server and signs in, for a test that fails at its end where the page broke, where the
     * policy refused something, or where anything was asked of another origin.
     * @param forgiven complaints that the test brings about itself
     */
    async visit(t: TestContext, url: string, visitor?: Visitor, forgiven?: RegExp): Promise<Visit> {
      const visit = await openPage(browser, url, visitor)
      open.push(visit)
      t.after(async () => {
        // A test within a test has nothing else after it.
        await leave(t)
        assert.deepEqual(
          visit.faults.filter((fault) => !forgiven?.test(fault)),
          [],
        )
      })
      return visit
    },
  }
}

/** A page on which somebody has signed in. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** The browser's complaints so far: errors, violations of the policy, requests to another origin. */
  readonly faults: string[]
}

/** Opens the console of a server and signs in. */
export async function openPage(browser: Browser, url: string, visitor: Visitor = {}): Promise<Visit> {
  const { language = 'en', theme = 'light', viewport = desktop, at = '/overview', accessKey, stay } = visitor
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
  })
  // Slow machines are slow, and nothing here is expected to time out.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`broke: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || /\[antd/.test(message.text())) faults.push(`said: ${message.text()}`)
  })
  page.on('request', (request) => {
    const asked = request.url()
    if (!/^(data|blob):/.test(asked) && new URL(asked).origin !== url) faults.push(`asked for ${asked}`)
  })
  await page.goto(`${url}/console/#${at}`)
  if (accessKey !== null) {
    await signIn(
      page,
      accessKey ?? { id: credentials.accessKeyId, secret: credentials.accessKeySecret },
      stay,
    )
    await page.getByRole('main').waitFor()
  }
  return { page, context, faults }
}

/** Has a failure tell what the page showed: where it can't be repeated, nothing else says why. */
async function addWhatWasSeen(t: unknown, page: Page): Promise<void> {
  // Node's documentation has it, its declarations don't.
  const { error } = t as { readonly error?: { readonly cause: unknown } | null }
  if (!(error?.cause instanceof Error)) return
  const seen = await page.getByRole('main').ariaSnapshot().catch(String)
  error.cause.stack += `\n${page.url()} showed: ${seen.slice(-4000)}`
}

/** Fills in the form at the entrance. */
export async function signIn(
  page: Page,
  { id, secret }: { readonly id: string; readonly secret: string },
  stay = false,
): Promise<void> {
  await page.getByLabel('AccessKeyId').fill(id)
  await page.getByLabel('AccessKeySecret').fill(secret)
  if (stay) await page.getByRole('checkbox').check()
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').waitFor({ state: 'detached' })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Fails where axe-core finds a serious fault on the page as it is. */
export async function assertAccessible(page: Page): Promise<void> {
  // The element under the mouse has other colours at that moment.
  await page.mouse.move(0, 0)
  // By evaluation, which the page's policy does not concern.
  await page.evaluate(axe)
  // The page has its own measurements a frame later.
  const { violations } = (await page.evaluate(`(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
    return axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'label-content-name-mismatch': { enabled: true } },
    })
  })()`)) as AxeResults
  // An open list hangs at the end of the document, outside of all regions.
  const hasOpenList = (await page.locator('.ant-select-dropdown:visible').count()) > 0
  const serious = violations.filter(
    ({ id, impact }) => impact === 'serious' || impact === 'critical' || (id === 'region' && !hasOpenList),
  )
  assert.deepEqual(
    serious.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => ({ target: target.join(' '), failureSummary })),
    })),
    [],
  )
}

/** Fails where the page stays wider than the window; a page that has just been resized takes a few frames. */
export async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const [wide, seen] = (await page.evaluate(`(async () => {
    const { documentElement: root } = document
    for (let frame = 0; frame < 60 && root.scrollWidth > root.clientWidth; frame++)
      await new Promise(requestAnimationFrame)
    return [root.scrollWidth, root.clientWidth]
  })()`)) as [number, number]
  assert.ok(wide <= seen, `the page is ${wide} px wide, the window ${seen}`)
}
