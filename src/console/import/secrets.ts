/** Masks a secret: reveals whether there is one, but not its length. */
export const masked = (text: string) => (text === '' ? '' : '••••••')
