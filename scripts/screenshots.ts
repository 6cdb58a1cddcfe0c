import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../test/console/support/chromium.ts'
import { startShown } from '../test/console/support/shown.ts'
import { desktop, openPage, phone, type Visitor } from '../test/console/support/visit.ts'
import { endWithNpm } from '../test/support/reaper.ts'
import { buildConsole } from './build-console.ts'

endWithNpm()

/**
 * Takes pictures of the pages of the console with example data: `npm run screenshots -- [folder] [name…]`, such as
 * `docs/images import-light import-dark` for those of the README. Without names it takes all. No test compares them.
 */
const [folder = 'screenshots', ...names] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
/** How long a picture waits for the page to become idle, in milliseconds. */
const idleMs = 5000

// The pictures show the current sources.
await buildConsole()
const server = await startShown()
const browser = await launchChromium()
try {
  for (const visitor of visitors())
    for (const place of server.places)
      if (names.length === 0 || names.includes(`${place.name}-${visitor.name}`))
        await take(browser, visitor, place)
} finally {
  await browser.close()
  await server.close()
}

function visitors(): (Visitor & { readonly name: string })[] {
  return [
    { name: 'light', language: 'en', theme: 'light', viewport: desktop },
    { name: 'dark', language: 'en', theme: 'dark', viewport: desktop },
    { name: 'zh', language: 'zh', theme: 'light', viewport: desktop },
    { name: 'phone', language: 'en', theme: 'light', viewport: phone },
    { name: 'phone-dark', language: 'zh', theme: 'dark', viewport: phone },
  ]
}

async function take(
  browser: Browser,
  visitor: Visitor & { readonly name: string },
  place: (typeof server.places)[number],
): Promise<void> {
  const { page, context, faults } = await openPage(browser, server.url, { ...visitor, ...place.visitor })
  await place.arrange?.(page)
  // Wait until charts and images are complete.
  // A page that follows messages is never idle.
  await page.waitForLoadState('networkidle', { timeout: idleMs }).catch(() => {})
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({
    path: join(folder, `${place.name}-${visitor.name}.png`),
    fullPage: place.whole ?? false,
  })
  for (const fault of faults) console.error(`${place.name}, ${visitor.name}: ${fault}`)
  await context.close()
}
