/**
 * The nonce for styles that scripts add, which the page's Content-Security-Policy requires. The server
 * generates it for each page (src/http/files.ts); browsers hide the attribute from everything except scripts.
 */
export const nonce: string =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

// Ant Design adds a few styles in ways that its `csp` setting does not cover (the scroll lock behind a drawer).
// Only scripts of this origin run here, so all styles that they add may carry the nonce.
const create = document.createElement
document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
  const element = create.call(this, name, options)
  if (element instanceof HTMLStyleElement) element.nonce = nonce
  return element
} as typeof document.createElement
