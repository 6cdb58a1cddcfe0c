/**
 * Extends an error of listening with what to do about it; returns other errors unchanged.
 * @param setting the flag and variable that chose the port
 */
export function portError(error: unknown, host: string, port: number, setting: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  let remedy: string | undefined
  if (code === 'EADDRINUSE')
    remedy = `is in use by another process; end that, or choose another port with ${setting}`
  if (code === 'EACCES' && syscall === 'listen')
    remedy = `may not be used by this user; choose a port above 1023 with ${setting}`
  return remedy === undefined ? error : new Error(`port ${port} of ${host} ${remedy}`, { cause: error })
}
