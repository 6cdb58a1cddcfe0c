/**
 * What styles that scripts add must carry: the page's Content-Security-Policy lets no others in. The server draws
 * it for each page (src/http/files.ts), and browsers hide the attribute from everything but scripts.
 */
export const nonce: string =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
