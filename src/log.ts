import { type Logger, pino } from 'pino'

export type { Logger }

/**
 * The log: JSON lines on standard error.
 * @param process what tells the lines of this process from others' on the same standard error
 */
export const openLog = (level: string, process?: { readonly worker: number }): Logger =>
  pino({ level, base: process ?? null }, pino.destination({ fd: 2, sync: true }))
