/** Scrolls a form in a dialog to its first error, since the dialog may be taller than the window. */
export const scrollToFirstError = { focus: true, block: 'center' } as const
