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
 * Takes pictures of every page of the console, with something on it: `npm run screenshots -- [folder]`. They are for
 * looking at; nothing compares them.
 */
const folder = process.argv[2] ?? 'screenshots'
mkdirSync(folder, { recursive: true })

// What is pictured is what the sources say now.
await buildConsole()
const server = await startShown()
const browser = await launchChromium()
try {
  for (const visitor of visitors()) for (const place of server.places) await take(browser, visitor, place)
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
  // Pictures and charts are drawn when the page has come to rest.
  await page.waitForLoadState('networkidle')
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({
    path: join(folder, `${place.name}-${visitor.name}.png`),
    fullPage: place.whole ?? false,
  })
  for (const fault of faults) console.error(`${place.name}, ${visitor.name}: ${fault}`)
  await context.close()
}
