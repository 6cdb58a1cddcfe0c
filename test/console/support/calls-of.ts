import type { Page, Request, Route } from 'playwright-core'

/** The operation that a request of a page, or of its worker, calls. */
export const actionOf = (request: Request) => request.headers()['x-acs-action']

/** Has what a page calls of an operation go another way; all else goes the way it went. */
export async function reroute(
  page: Page,
  action: string,
  go: (route: Route) => Promise<void>,
): Promise<void> {
  await page.route(
    (url) => url.pathname === '/',
    (route) => (actionOf(route.request()) === action ? go(route) : route.fallback()),
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
    // A request that was cancelled meanwhile can't be continued.
    await route.continue().catch(() => {})
    await (await route.request().response())?.finished()
    answered.resolve()
  })
  return held
}
