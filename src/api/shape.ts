import type { Columns } from '../lib/columns.ts'

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

export interface Text {
  readonly kind: 'text'
  readonly doc?: Doc
  readonly constraints?: Constraints
}
/**
 * A whole number. `min` and `max` are limits of the parameter, 32 bits where they are not given; beyond them
 * it is Invalid<Name>.
 */
export interface Int {
  readonly kind: 'int'
  readonly min?: number
  readonly max?: number
  readonly doc?: Doc
  readonly constraints?: Constraints
}
export interface Bool {
  readonly kind: 'bool'
  readonly doc?: Doc
  readonly constraints?: Constraints
}
/**
 * What an action takes in a parameter beyond its type, for the catalogue and whatever makes a form of it. Nothing
 * is judged by it: the action does that, with failures of its own.
 */
export interface Constraints {
  /** Every value that it takes. */
  readonly values?: readonly (string | number)[]
  readonly min?: number
  readonly max?: number
  /** What is taken where the parameter is left out. */
  readonly default?: string | number | boolean
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
}

const documented = (doc?: Doc, constraints?: Constraints) => ({
  ...(doc === undefined ? {} : { doc }),
  ...(constraints === undefined ? {} : { constraints }),
})

export const text = (doc?: Doc, constraints?: Constraints): Text => ({
  kind: 'text',
  ...documented(doc, constraints),
})
export const int = (
  limits: { min?: number; max?: number } = {},
  doc?: Doc,
  constraints?: Constraints,
): Int => ({
  kind: 'int',
  ...limits,
  ...documented(doc, constraints),
})
export const bool = (doc?: Doc, constraints?: Constraints): Bool => ({
  kind: 'bool',
  ...documented(doc, constraints),
})
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
export type Value<S> = S extends Text
  ? string
  : S extends Int
    ? number
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
                  ? Value<O> | undefined
                  : never

/** An empty member is as if absent, as with parameters (design §6). */
type RowOf<M extends Fields> = {
  readonly [N in keyof M]: M[N]['required'] extends true ? string : string | undefined
}

type OptionalNames<M extends Members> = { [N in keyof M]: M[N] extends Optional<Plain> ? N : never }[keyof M]

/** The TypeScript value of a struct's members; optional ones may be left out. */
export type Values<M extends Members> = {
  readonly [N in Exclude<keyof M, OptionalNames<M>>]: Value<M[N]>
} & { readonly [N in OptionalNames<M>]?: Value<M[N]> | undefined }
