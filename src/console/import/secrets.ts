/** What stands in place of a secret: whether there is one, and nothing of how long it is. */
export const masked = (text: string) => (text === '' ? '' : '••••••')
