/** For forms in dialogs, which may be taller than the window: what is wrong is shown to who presses the button below it. */
export const scrollToFirstError = { focus: true, block: 'center' } as const
