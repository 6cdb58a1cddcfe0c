import { isUtf8 } from 'node:buffer'
import { Tokenizer, TokenType } from '@streamparser/json'
import { percentEncode } from '../../signature/percent.ts'
import { Refusal } from '../refusals.ts'
import { limitAll, parametersMax } from './limits.ts'

/** The maximum depth; no parameter of the API is deeper. */
const depthMax = 8

/**
 * A JSON body as form bytes: {"DeviceList":[{"DeviceName":"a"}]} is DeviceList.1.DeviceName=a. One generation
 * of the Java client sends lists so (wire-facts §2.4); it signs the body's hash, so only V3 may.
 *
 * The body is read token by token, and no further than parameters may go, so that no body costs more than the longest
 * list does. Numbers stay as written; a key given twice becomes a parameter given twice.
 * @throws Refusal InvalidJson for a body that is not one JSON object in UTF-8, TooManyParameters
 */
export function jsonBodyAsForm(body: Buffer): Buffer {
  if (!isUtf8(body)) throw new Refusal('InvalidJson')
  const form = new FormOfJson(8 * body.length + 4096)
  const tokens = new Tokens()
  tokens.onToken = ({ token, value }) => form.take(token, value)
  tokens.onError = (error) => {
    throw error instanceof Refusal ? error : new Refusal('InvalidJson')
  }
  tokens.write(body)
  tokens.end()
  return form.bytes()
}

class Tokens extends Tokenizer {
  /** The digits as they are written: a device may be named 0123456789012345678. */
  protected override parseNumber(digits: string): number {
    return digits as unknown as number
  }
}

/** An object or a list whose end has not come yet. */
interface Open {
  readonly prefix: string
  /** How many entries of a list there were; undefined for an object. */
  entries: number | undefined
}

/** Receives the tokens of a JSON document in turn, and refuses those that JSON does not allow there. */
class FormOfJson {
  readonly #parts: string[] = []
  readonly #open: Open[] = []
  #expected:
    | 'document'
    | 'value'
    | 'value or end'
    | 'key'
    | 'key or end'
    | 'colon'
    | 'comma or end'
    | 'nothing' = 'document'
  #key = ''
  #values = 0
  #charactersLeft: number

  /** @param charactersMax each value repeats the names above it: long names would make gigabytes of a small body */
  constructor(charactersMax: number) {
    this.#charactersLeft = charactersMax
  }

  /** @throws Refusal InvalidJson when the document has not ended */
  bytes(): Buffer {
    if (this.#expected !== 'nothing') throw new Refusal('InvalidJson')
    return Buffer.from(this.#parts.join('&'))
  }

  take(token: TokenType, value: unknown): void {
    if (token === TokenType.LEFT_BRACE) this.#begin(undefined)
    else if (token === TokenType.LEFT_BRACKET) this.#begin(0)
    else if (token === TokenType.RIGHT_BRACE) this.#end('key or end')
    else if (token === TokenType.RIGHT_BRACKET) this.#end('value or end')
    else if (token === TokenType.COMMA) {
      this.#expect('comma or end')
      this.#expected = this.#open.at(-1)!.entries === undefined ? 'key' : 'value'
    } else if (token === TokenType.COLON) {
      this.#expect('colon')
      this.#expected = 'value'
    } else if (token === TokenType.STRING && this.#expected.startsWith('key')) this.#named(value as string)
    else this.#scalar(value)
  }

  #expect(...expected: string[]): void {
    if (!expected.includes(this.#expected)) throw new Refusal('InvalidJson')
  }

  #named(key: string): void {
    this.#key = percentEncode(key)
    this.#expected = 'colon'
  }

  /** The name of the parameter that the value which comes now is, or that all in it begin with. */
  #nameOfValue(): string {
    limitAll(++this.#values)
    const open = this.#open.at(-1)
    if (open === undefined) return ''
    const last = open.entries === undefined ? this.#key : String(++open.entries)
    return open.prefix === '' ? last : `${open.prefix}.${last}`
  }

  #begin(entries: 0 | undefined): void {
    this.#expect('value', 'value or end', ...(entries === undefined ? ['document'] : []))
    if (this.#open.length === depthMax) throw new Refusal('InvalidJson')
    this.#open.push({ prefix: this.#nameOfValue(), entries })
    this.#expected = entries === undefined ? 'key or end' : 'value or end'
  }

  /** @param ifEmpty the tokens expected if the object or array that ends is empty */
  #end(ifEmpty: 'key or end' | 'value or end'): void {
    this.#expect('comma or end', ifEmpty)
    const open = this.#open.pop()
    if ((open?.entries === undefined) !== (ifEmpty === 'key or end')) throw new Refusal('InvalidJson')
    this.#valueEnded()
  }

  #scalar(value: unknown): void {
    this.#expect('value', 'value or end')
    const name = this.#nameOfValue()
    // null says that a parameter is not given.
    if (value !== null) {
      const part = `${name}=${percentEncode(String(value))}`
      this.#charactersLeft -= part.length + 1
      if (this.#charactersLeft < 0) throw new Refusal('TooManyParameters', { max: parametersMax })
      this.#parts.push(part)
    }
    this.#valueEnded()
  }

  #valueEnded(): void {
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma or end'
  }
}
