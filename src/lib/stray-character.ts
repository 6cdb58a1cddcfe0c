const names: Readonly<Record<string, string>> = {
  '\r': 'a carriage return',
  '\n': 'a line feed',
  '\t': 'a tab',
  ' ': 'a space',
  '\u00a0': 'a no-break space',
  '\ufeff': 'a byte order mark',
}

/**
 * What a text has that is no printable ASCII character, in words that quote none of the text: `ends with a carriage
 * return`, `contains U+200B`. Files with Windows line ends and secrets that were written with `echo` bring such
 * characters along, and no eye sees them.
 * @returns undefined where every character is printable ASCII
 */
export function strayCharacter(text: string): string | undefined {
  // The end first: what a line leaves behind comes there, and of \r\n the first is the one to look for.
  const tail = /([^\x21-\x7e])[^\x21-\x7e]*$/u.exec(text)
  const found = tail ?? /[^\x21-\x7e]/u.exec(text)
  if (found === null) return undefined
  const character = found[1] ?? found[0]
  const place = tail ? 'ends with' : found.index === 0 ? 'begins with' : 'contains'
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return `${place} ${names[character] ?? `U+${code}`}`
}
