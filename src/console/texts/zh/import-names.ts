/** Returns names in quotation marks, with enumeration commas between them. */
export const listed = (names: readonly string[]) => names.map((name) => `“${name}”`).join('、')
