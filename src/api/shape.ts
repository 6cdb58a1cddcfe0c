import type { Columns } from '../lib/columns.ts'

/**
 * The vocabulary that actions are declared in: what a parameter or an answer looks like. Request reading,
 * JSON, XML and the reference pages all derive from shapes; a shape is plain data.
 */
export type Shape = Text | Int | Bool | Optional<Plain> | Struct | List | DeviceColumns
type Plain = Text | Int | Bool | Struct | List | DeviceColumns

/** Members of a struct, in the order in which they are written. */
export interface Members {
  readonly [name: string]: Shape
}

export interface Text {
  readonly kind: 'text'
  readonly doc?: string
}
/**
 * A whole number. `min` and `max` are limits of the parameter, 32 bits where they are not given; beyond them
 * it is Invalid<Name>.
 */
export interface Int {
  readonly kind: 'int'
  readonly min?: number
  readonly max?: number
  readonly doc?: string
}
export interface Bool {
  readonly kind: 'bool'
  readonly doc?: string
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
/** A list parameter `<Name>.N.<member>`, read as columns. */
export interface DeviceColumns<M extends string = string> {
  readonly kind: 'columns'
  readonly members: { readonly [name in M]: { readonly required: boolean; readonly doc: string } }
  /** Entries that one call may name. */
  readonly max: number
  /** What the document says of entries beyond `max`; a setting may say otherwise. */
  readonly overflow: 'discard' | 'reject'
}

const documented = (doc?: string) => (doc === undefined ? {} : { doc })

export const text = (doc?: string): Text => ({ kind: 'text', ...documented(doc) })
export const int = (limits: { min?: number; max?: number } = {}, doc?: string): Int => ({
  kind: 'int',
  ...limits,
  ...documented(doc),
})
export const bool = (doc?: string): Bool => ({ kind: 'bool', ...documented(doc) })
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
            ? { readonly [item in I]: readonly Value<E>[] }
            : readonly Value<E>[]
          : S extends DeviceColumns<infer M>
            ? Columns<M>
            : S extends Optional<infer O>
              ? Value<O> | undefined
              : never

type OptionalNames<M extends Members> = { [N in keyof M]: M[N] extends Optional<Plain> ? N : never }[keyof M]

/** The TypeScript value of a struct's members; optional ones may be left out. */
export type Values<M extends Members> = {
  readonly [N in Exclude<keyof M, OptionalNames<M>>]: Value<M[N]>
} & { readonly [N in OptionalNames<M>]?: Value<M[N]> | undefined }
