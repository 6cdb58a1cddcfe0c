import type { Page, Route } from 'playwright-core'

/** Has what a page calls of an operation go another way. */
async function reroute(page: Page, action: string, go: (route: Route) => Promise<void>): Promise<void> {
  await page.route(
    (url) => url.pathname === '/',
    (route) => (route.request().headers()['x-acs-action'] === action ? go(route) : route.fallback()),
  )
}

/** Holds back what a page calls of an operation, and counts it. */
export async function hold(page: Page, action: string) {
  const gone = Promise.withResolvers<void>()
  const held = {
    calls: 0,
    letGo: () => gone.resolve(),
    /** Resolves when the first call has been answered. */
    answered: page
      .waitForResponse((response) => response.request().headers()['x-acs-action'] === action)
      .then((response) => response.finished()),
  }
  await reroute(page, action, async (route) => {
    held.calls++
    await gone.promise
    await route.continue()
  })
  return held
}
