import { readFileSync } from 'node:fs'

const compiled = new Map<string, WebAssembly.Module>()

/** Instantiates the module of this name with a given memory; it is compiled once. */
export function instantiate(name: string, memory: WebAssembly.Memory): object {
  let module = compiled.get(name)
  if (module === undefined) {
    module = new WebAssembly.Module(readFileSync(new URL(`${name}.wasm`, import.meta.url)))
    compiled.set(name, module)
  }
  return new WebAssembly.Instance(module, { env: { memory } }).exports
}
