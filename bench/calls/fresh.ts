/** The values that are new in each call. */

let calls = 0
/** A later run on the same store must not repeat a nonce. */
const run = `${process.pid}-${Date.now()}`

export const freshNonce = () => `${run}-${String(++calls).padStart(8, '0')}`

/** UTC, to the second. */
export const timestamp = () => `${new Date().toISOString().slice(0, 19)}Z`
