import type { Columns } from '../lib/columns.ts'
import type { FailureCode } from './failures.ts'

/**
 * The vocabulary that actions are declared in: what a parameter or an answer looks like. Request reading,
 * JSON, XML and the reference pages all derive from shapes; a shape is plain data.
 */
export type Shape = Optional<Plain> | Plain
type Plain = Text | Int | Bool | Struct | List | DeviceColumns | Rows | Texts

/** A text in both languages of the documentation. */
export interface Bilingual {
  readonly en: string
  readonly zh: string
}
/** The documentation of a member: of a parameter in both languages, of an answer in English at least. */
export type Doc = string | Bilingual

/** Members of a struct, in the order in which they are written. */
export interface Members {
  readonly [name: string]: Shape
}

export interface Text<C extends Constraints = Constraints> {
  readonly kind: 'text'
  readonly doc?: Doc
  readonly constraints?: C
}
/** A whole number of 32 bits, or of the range that `min` and `max` give. */
export interface Int<C extends Constraints = Constraints> {
  readonly kind: 'int'
  readonly doc?: Doc
  readonly constraints?: C
}
export interface Bool<C extends Constraints = Constraints> {
  readonly kind: 'bool'
  readonly doc?: Doc
  readonly constraints?: C
}
/**
 * The values that a parameter takes beyond its type. The request's reader enforces them before the action runs
 * (rpc/read.ts, rpc/constraints.ts); the catalogue, forms and reference pages print them.
 */
export interface Constraints {
  /** Every value that it takes. */
  readonly values?: readonly (string | number)[]
  readonly min?: number
  readonly max?: number
  /** The maximum length of a text in characters. */
  readonly maxLength?: number
  /** The value of a call that leaves the parameter out; the parameter must be optional. */
  readonly default?: string | number | boolean
  /** The failure of any other value; without it the gateway refuses the call as Invalid<Name>. */
  readonly failure?: FailureCode
  /** The failure of a number above `max`, if it has one of its own. */
  readonly aboveMax?: FailureCode
  /** Values that the platform has and Rollcall does not, each with the failure that it gets. */
  readonly unsupported?: Readonly<Record<string, FailureCode>>
}
export interface Optional<S extends Plain> {
  readonly kind: 'optional'
  readonly of: S
}
export interface Struct<M extends Members = Members> {
  readonly kind: 'struct'
  readonly members: M
}
/**
 * A list in an answer. Some operations wrap the entries under an inner name, each in its own spelling
 * (wire-facts §6); with `item` JSON has {item: […]} and XML <item> elements, without it a bare array and
 * repeated elements.
 */
export interface List<S extends Plain = Plain, I extends string | undefined = string | undefined> {
  readonly kind: 'list'
  readonly of: S
  readonly item: I
}
/**
 * A list parameter `<Name>.N.<member>`, or `<Name>.N` where its one member has no name, read as columns: for
 * lists of thousands.
 */
export interface DeviceColumns<M extends string = string> {
  readonly kind: 'columns'
  readonly members: { readonly [name in M]: { readonly required: boolean; readonly doc: Bilingual } }
  /** Entries that one call may name. */
  readonly max: number
  /** What the document says of entries beyond `max`; a setting may say otherwise. */
  readonly overflow: 'discard' | 'reject'
}

/** A short list parameter `<Name>.N.<member>`, read as rows of texts. */
export interface Rows<M extends Fields = Fields> {
  readonly kind: 'rows'
  readonly members: M
  readonly max: number
  /** Whether a call without any entry is Missing<Name>. */
  readonly required: boolean
}
interface Fields {
  readonly [name: string]: { readonly required: boolean; readonly doc: Bilingual }
}
/** A short list parameter `<Name>.N`. */
export interface Texts {
  readonly kind: 'texts'
  readonly max: number
  readonly required: boolean
  readonly doc: Bilingual
  /** Enforced on each entry. */
  readonly constraints?: Constraints
}

const documented = <C extends Constraints>(doc: Doc | undefined, constraints: C | undefined) => ({
  ...(doc === undefined ? {} : { doc }),
  ...(constraints === undefined ? {} : { constraints }),
})

export const text = <const C extends Constraints = Unconstrained>(doc?: Doc, constraints?: C): Text<C> => ({
  kind: 'text',
  ...documented(doc, constraints),
})
export const int = <const C extends Constraints = Unconstrained>(constraints?: C, doc?: Doc): Int<C> => ({
  kind: 'int',
  ...documented(doc, constraints),
})
export const bool = <const C extends Constraints = Unconstrained>(doc?: Doc, constraints?: C): Bool<C> => ({
  kind: 'bool',
  ...documented(doc, constraints),
})
type Unconstrained = Readonly<Record<never, never>>
export const optional = <S extends Plain>(of: S): Optional<S> => ({ kind: 'optional', of })
export const struct = <const M extends Members>(members: M): Struct<M> => ({ kind: 'struct', members })
export const list = <S extends Plain>(of: S): List<S, undefined> => ({ kind: 'list', of, item: undefined })
export const wrappedList = <S extends Plain, const I extends string>(item: I, of: S): List<S, I> => ({
  kind: 'list',
  of,
  item,
})
export const columns = <const M extends string>(
  declaration: Omit<DeviceColumns<M>, 'kind'>,
): DeviceColumns<M> => ({
  kind: 'columns',
  ...declaration,
})

export const rows = <const M extends Fields>(declaration: Omit<Rows<M>, 'kind'>): Rows<M> => ({
  kind: 'rows',
  ...declaration,
})
export const texts = (declaration: Omit<Texts, 'kind'>): Texts => ({ kind: 'texts', ...declaration })

/** The TypeScript value of a shape. */
export type Value<S> =
  S extends Text<infer C>
    ? OneOf<C, string>
    : S extends Int<infer C>
      ? OneOf<C, number>
      : S extends Bool
        ? boolean
        : S extends Struct<infer M>
          ? Values<M>
          : S extends List<infer E, infer I>
            ? I extends string
              ? { readonly [item in I]: Iterable<Value<E>> }
              : Iterable<Value<E>>
            : S extends DeviceColumns<infer M>
              ? Columns<M>
              : S extends Rows<infer M>
                ? readonly RowOf<M>[]
                : S extends Texts
                  ? readonly string[]
                  : S extends Optional<infer O>
                    ? O extends WithDefault
                      ? Value<O>
                      : Value<O> | undefined
                    : never

type OneOf<C, Plain> = C extends { readonly values: readonly (infer V extends Plain)[] } ? V : Plain
/** A member whose value is known when it is left out. */
interface WithDefault {
  readonly constraints?: { readonly default: string | number | boolean }
}

/** An empty member is as if absent, as with parameters (design §6). */
type RowOf<M extends Fields> = {
  readonly [N in keyof M]: M[N]['required'] extends true ? string : string | undefined
}

type OptionalNames<M extends Members> = {
  [N in keyof M]: M[N] extends Optional<infer O> ? (O extends WithDefault ? never : N) : never
}[keyof M]

/** The TypeScript value of a struct's members; optional ones may be left out. */
export type Values<M extends Members> = {
  readonly [N in Exclude<keyof M, OptionalNames<M>>]: Value<M[N]>
} & { readonly [N in OptionalNames<M>]?: Value<M[N]> | undefined }
