/** An item of a fair queue. */
interface Waiting {
  /** The client that it is of. */
  readonly client: string
  /** The place among the client's items: the lowest order is next. */
  readonly order: number
}

/** A queue in which clients take turns, so that one with 500 items delays another by one item and not by 500. */
export class FairQueue<Item extends Waiting> {
  /** The client that is next comes first; a client's items are in their order. */
  readonly #items = new Map<string, Item[]>()
  /** The number of items that wait. */
  size = 0

  add(item: Item): void {
    this.size++
    const items = this.#items.get(item.client)
    if (items === undefined) this.#items.set(item.client, [item])
    else items.splice(placeOf(items, item.order), 0, item)
  }

  /** Takes the next item; undefined if none waits. */
  take(): Item | undefined {
    const [next] = this.#items
    if (next === undefined) return undefined
    const [client, items] = next
    const item = items.shift()!
    this.#items.delete(client)
    if (items.length > 0) this.#items.set(client, items)
    this.size--
    return item
  }

  /** Removes an item that waits. */
  remove(item: Item): void {
    const items = this.#items.get(item.client)
    const place = items?.indexOf(item) ?? -1
    if (items === undefined || place < 0) return
    items.splice(place, 1)
    if (items.length === 0) this.#items.delete(item.client)
    this.size--
  }
}

/** The place of the first item with a higher order. */
function placeOf(items: readonly Waiting[], order: number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (items[middle]!.order < order) low = middle + 1
    else high = middle
  }
  return low
}
