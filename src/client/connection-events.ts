import type { AnswerOf } from './outcome.ts'

/** An event of a device's connection log; times in milliseconds since 1970 UTC. */
export type ConnectionEvent = AnswerOf<'ListConnectionEvents'>['Data']['Event'][number]
