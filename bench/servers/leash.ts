/** Imported by programs that the bench starts: however it ends, they end with it. Rollcall does so by itself. */
process.once('disconnect', () => process.exit())
