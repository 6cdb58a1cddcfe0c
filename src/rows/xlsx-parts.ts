import { Unzip, UnzipInflate } from 'fflate'
import { SaxesParser } from 'saxes'

/** What is done with the elements of a part, by their names without a prefix. */
export interface Elements {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** An XLSX file is a ZIP file of XML parts; so much of it is unpacked at a time. */
const stepBytes = 64 * 1024

/**
 * Reads one part of an XLSX file, element by element. Between the steps of the generator memory holds a piece of
 * the part, whatever its size; each yields how much of the file has been gone through, from 0 to 1.
 * @returns whether there is such a part
 * @throws Error where it is no ZIP file, or no XML
 */
export function* partOf(file: Uint8Array, name: string, elements: Elements): Generator<number, boolean> {
  const local = (full: string) => full.slice(full.indexOf(':') + 1)
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => elements.open?.(local(tag.name), tag.attributes as Record<string, string>))
  parser.on('text', (text) => elements.text?.(text))
  parser.on('closetag', (tag) => elements.close?.(local(tag.name)))
  const decoder = new TextDecoder()
  let found = false
  let failure: Error | undefined
  const unzip = new Unzip((part) => {
    if (part.name !== name) return
    found = true
    part.ondata = (error, data, isLast) => {
      if (error) failure ??= error
      else parser.write(decoder.decode(data, { stream: !isLast }))
    }
    part.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < file.length; at += stepBytes) {
    unzip.push(file.subarray(at, at + stepBytes), at + stepBytes >= file.length)
    if (failure !== undefined) throw failure
    yield Math.min(1, (at + stepBytes) / file.length)
  }
  if (found) parser.close()
  return found
}

/** Reads a part to its end. */
export function wholePart(file: Uint8Array, name: string, elements: Elements): boolean {
  const reading = partOf(file, name, elements)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}
