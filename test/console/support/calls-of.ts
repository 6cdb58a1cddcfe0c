import type { Page, Route } from 'playwright-core'

/** Has what a page calls of an operation go another way. */
export async function reroute(
  page: Page,
  action: string,
  go: (route: Route) => Promise<void>,
): Promise<void> {
  await page.route(
    (url) => url.pathname === '/',
    (route) => (route.request().headers()['x-acs-action'] === action ? go(route) : route.fallback()),
  )
}

/** Holds back what a page calls of an operation, and counts it. */
export async function hold(page: Page, action: string) {
  const begun = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const held = {
    calls: 0,
    letGo: () => gone.resolve(),
    /** Resolves when the first call has been made. */
    begun: begun.promise,
    /** Resolves when a call has been answered. */
    answered: answered.promise,
  }
  await reroute(page, action, async (route) => {
    held.calls++
    begun.resolve()
    await gone.promise
    await route.continue()
    await (await route.request().response())?.finished()
    answered.resolve()
  })
  return held
}
