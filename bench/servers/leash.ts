/** Imported by servers that are made for the bench: however it ends, they don't outlive it. Ours ends by itself. */
process.once('disconnect', () => process.exit())
