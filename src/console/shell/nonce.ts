/**
 * What styles that scripts add must carry: the page's Content-Security-Policy lets no others in. The server draws
 * it for each page (src/http/files.ts), and browsers hide the attribute from everything but scripts.
 */
export const nonce: string =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

// Ant Design adds a few styles by ways of its own that its `csp` setting does not reach (the lock of the page's scroll
// bar behind a drawer). Only scripts of this origin run here, so all that they add may carry it.
const create = document.createElement
document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
  const element = create.call(this, name, options)
  if (element instanceof HTMLStyleElement) element.nonce = nonce
  return element
} as typeof document.createElement
