import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser that ROLLCALL_TEST_CHROMIUM names, or else one that is installed; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const asked = process.env.ROLLCALL_TEST_CHROMIUM
  if (asked) {
    if (existsSync(asked)) return asked
    throw new Error(`ROLLCALL_TEST_CHROMIUM is '${asked}', where there is no file`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/**
 * Why the console can't be tried here; false where it can. A person may do without a browser, but what lands may not
 * (CI is set where that is judged).
 */
export const noBrowser: string | false =
  chromiumPath() === undefined && !process.env.CI
    ? 'there is no Chromium: apt-get install chromium, or set ROLLCALL_TEST_CHROMIUM to one'
    : false

/** Starts a browser of one's own, without anything that asks the network by itself. */
export function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new Error('the tests need Chromium: apt-get install chromium')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })
}
