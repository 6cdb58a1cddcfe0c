import type { Page } from 'playwright-core'

/** All of a page but its frame. */
export const main = (page: Page) => page.getByRole('main')

export const dialog = (page: Page) => page.getByRole('dialog')

/** A button of a dialog. */
export const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true })
