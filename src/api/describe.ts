import type { Callers } from '../lib/permissions.ts'
import { type Action, commonFailures, type Effect, type Family } from './action.ts'
import { type FailureCode, failures } from './failures.ts'
import type { Bilingual, Doc, Members, Shape } from './shape.ts'

/** An operation as plain data, for reference pages, clients and anything else that is not the server. */
export interface Description {
  readonly name: string
  readonly family: Family
  readonly effect: Effect
  readonly summary: string
  readonly summaryZh: string
  readonly version: string
  readonly callsPerSecond: number
  /** Who may call it, where that is not told by permissions alone: everyone, or the account's own keys. */
  readonly callers?: Callers
  readonly parameters: readonly Field[]
  readonly answer: readonly Field[]
  readonly failures: readonly { readonly code: FailureCode; readonly status: number; readonly text: string }[]
}

/** A parameter or a member of an answer. A list parameter is one field for each member of its entries. */
export interface Field {
  /** As it is written: DeviceList.N.DeviceName for a parameter, Data.List.ProductInfo[].ProductKey in an answer. */
  readonly name: string
  readonly type: 'String' | 'Integer' | 'Boolean' | 'Struct' | 'List'
  readonly required: boolean
  readonly doc: string
  /** The same in Chinese; parameters have it. */
  readonly docZh?: string
  /** Of a parameter, where the declaration knows them: every value that it takes, as it is written. */
  readonly values?: readonly string[]
  /** The maximum length of a text in characters. */
  readonly maxLength?: number
  /** The least and the greatest number. */
  readonly min?: number
  readonly max?: number
  /** What is taken where it is left out, as it is written. */
  readonly default?: string
  /** The most entries that its list takes, and what happens to the rest. */
  readonly maxEntries?: number
  readonly overflow?: 'discard' | 'reject'
}

export function describe<R>(action: Action<R>): Description {
  const listed = Object.entries(action.failures).map(
    ([code, status]) => [code as FailureCode, status] as const,
  )
  const common = commonFailures
    .filter((code) => !(code in action.failures))
    .map((code) => [code, 200] as const)
  return {
    name: action.name,
    family: action.family,
    effect: action.effect,
    ...summaryOf(action),
    version: action.version,
    callsPerSecond: action.quota.perSecond,
    ...(action.callers !== undefined && { callers: action.callers }),
    parameters: Object.entries(action.parameters).flatMap(([name, shape]) => parameterFields(name, shape)),
    answer: answerFields('', action.answer),
    failures: [...listed, ...common].map(([code, status]) => ({ code, status, text: failures[code] })),
  }
}

/** The summary, with what the declaration says elsewhere about callers. */
function summaryOf<R>({ summary, callers }: Action<R>): Pick<Description, 'summary' | 'summaryZh'> {
  const account = { en: ' Only the account’s own keys may call it.', zh: '仅主账号自己的密钥可以调用。' }
  const { en, zh } = callers === 'account' ? account : { en: '', zh: '' }
  return { summary: summary.en + en, summaryZh: summary.zh + zh }
}

const docs = ({ en, zh }: Bilingual) => ({ doc: en, docZh: zh })

function parameterFields(name: string, shape: Shape): Field[] {
  switch (shape.kind) {
    case 'columns':
    case 'rows': {
      const isRequired = shape.kind === 'columns' || shape.required
      const overflow = shape.kind === 'columns' ? shape.overflow : 'reject'
      return Object.entries(shape.members).map(([member, { required, doc }]) => ({
        name: `${name}.N${member === '' ? '' : `.${member}`}`,
        type: 'String',
        required: required && isRequired,
        ...docs(doc),
        maxEntries: shape.max,
        overflow,
      }))
    }
    case 'texts':
      return [
        {
          name: `${name}.N`,
          type: 'String',
          required: shape.required,
          ...docs(shape.doc),
          maxEntries: shape.max,
          overflow: 'reject',
        },
      ]
    default: {
      const of = shape.kind === 'optional' ? shape.of : shape
      const required = shape.kind !== 'optional'
      return [{ name, type: typeOf(of), required, ...docs(bilingual(name, of)), ...limitsOf(of) }]
    }
  }
}

/** @throws Error for a parameter that is not documented in both languages */
function bilingual(name: string, shape: Shape): Bilingual {
  const doc = 'doc' in shape ? shape.doc : undefined
  if (typeof doc === 'object') return doc
  throw new Error(`the parameter ${name} needs documentation as { en: …, zh: … }`)
}

/** The values that a parameter takes. */
function limitsOf(shape: Shape): Pick<Field, 'values' | 'min' | 'max' | 'maxLength' | 'default'> {
  const constraints = 'constraints' in shape ? (shape.constraints ?? {}) : {}
  const { values, min, max, maxLength, default: otherwise } = constraints
  return {
    ...(values && { values: values.map(String) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(maxLength !== undefined && { maxLength }),
    ...(otherwise !== undefined && otherwise !== '' && { default: String(otherwise) }),
  }
}

function answerFields(prefix: string, members: Members): Field[] {
  return Object.entries(members).flatMap(([member, shape]): Field[] => {
    const name = `${prefix}${member}`
    const of = shape.kind === 'optional' ? shape.of : shape
    const own: Field = { name, type: typeOf(of), required: shape.kind !== 'optional', doc: docOf(of) }
    if (of.kind === 'struct') return [own, ...answerFields(`${name}.`, of.members)]
    if (of.kind !== 'list') return [own]
    const entries = `${name}${of.item === undefined ? '' : `.${of.item}`}[]`
    const inner = of.of.kind === 'struct' ? answerFields(`${entries}.`, of.of.members) : []
    return [{ ...own, name: entries, doc: docOf(of.of) }, ...inner]
  })
}

function typeOf({ kind }: Shape): Field['type'] {
  switch (kind) {
    case 'int':
      return 'Integer'
    case 'bool':
      return 'Boolean'
    case 'struct':
      return 'Struct'
    case 'list':
    case 'columns':
    case 'rows':
    case 'texts':
      return 'List'
    default:
      return 'String'
  }
}

function docOf(shape: Shape): string {
  const doc: Doc = 'doc' in shape ? (shape.doc ?? '') : ''
  return typeof doc === 'string' ? doc : doc.en
}
