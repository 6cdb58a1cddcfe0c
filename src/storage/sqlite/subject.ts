import type { Statements } from './statements.ts'

// biome-ignore lint/suspicious/noExplicitAny: the methods of a store take whatever the port says.
type Methods = Record<string, (...values: any[]) => unknown>

/**
 * The part of a store that a subject has, such as products, under the port's names. Both halves are synchronous.
 * Reads run in the process that asks, most in 0.01 ms. Writes run on the writing thread, so they take and return plain
 * data; each is one transaction.
 */
export interface Subject<Reads extends Methods = Methods, Writes extends Methods = Methods> {
  reads(statements: Statements): Reads
  writes(statements: Statements): Writes
}

/** Methods of a store without their promises. */
export type Sync<Store, Names extends keyof Store> = {
  [Name in Names]: Store[Name] extends (...values: infer Values) => Promise<infer Result>
    ? (...values: Values) => Result
    : never
}

/** Methods with promises, as the port has them. */
export type Async<Of> = {
  [Name in keyof Of]: Of[Name] extends (...values: infer Values) => infer Result
    ? (...values: Values) => Promise<Result>
    : never
}

/** Declares a subject: the port's methods that it has, and which of them read. */
export const subject = <
  Store,
  Reads extends keyof Store,
  Writes extends keyof Store = Exclude<keyof Store, Reads>,
>(
  reads: (statements: Statements) => Sync<Store, Reads>,
  writes: (statements: Statements) => Sync<Store, Writes>,
) => ({ reads, writes })
