import { type Logger, pino } from 'pino'

export type { Logger }

/**
 * Opens the log: JSON lines on standard error.
 * @param process identifies this process among others that share standard error
 */
export const openLog = (level: string, process?: { readonly worker: number }): Logger =>
  pino({ level, base: process ?? null }, pino.destination({ fd: 2, sync: true }))
