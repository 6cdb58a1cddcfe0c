/** Loaded before each server's own program: however the bench ends, no server outlives it. */
process.once('disconnect', () => process.exit())
