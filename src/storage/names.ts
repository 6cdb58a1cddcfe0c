/** The first text after all that begin with a prefix, if texts are compared byte for byte in UTF-8. */
export const afterAll = (prefix: string) => `${prefix}\u{10FFFF}`
