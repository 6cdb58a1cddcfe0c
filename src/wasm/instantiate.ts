import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

interface Compiled {
  readonly module: WebAssembly.Module
  readonly digest: Buffer
}

const compiled = new Map<string, Compiled>()

function compile(name: string): Compiled {
  let one = compiled.get(name)
  if (one === undefined) {
    const bytes = readFileSync(new URL(`${name}.wasm`, import.meta.url))
    one = { module: new WebAssembly.Module(bytes), digest: createHash('sha256').update(bytes).digest() }
    compiled.set(name, one)
  }
  return one
}

/** Instantiates the module of this name with a given memory; it is compiled once. */
export const instantiate = (name: string, memory: WebAssembly.Memory): object =>
  new WebAssembly.Instance(compile(name).module, { env: { memory } }).exports

/** The SHA-256 of a module. A memory has the same layout for modules with the same digest. */
export const moduleDigest = (name: string): Buffer => compile(name).digest
