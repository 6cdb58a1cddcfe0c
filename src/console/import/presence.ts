/** The channel on which the tabs of an endpoint ask each other who is at an import. */
const channelName = 'rollcall-import'

type PresenceMessage = { readonly asked: string } | { readonly held: string }

/**
 * How long somebody who is at an import takes to say so, at most. One that is asleep and says it later does no harm:
 * it finds that the import was taken over before it sends anything (store.ts).
 */
const answerMs = 1000

/** Answers the other tabs as long as this one is at an import. */
export class Presence {
  readonly #channel = new BroadcastChannel(channelName)
  #held: string | undefined

  constructor() {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<PresenceMessage>) => {
      if ('asked' in data && data.asked === this.#held) this.#post({ held: data.asked })
    })
  }

  /** @param id of the import that this tab is at; undefined for none */
  announce(id: string | undefined): void {
    this.#held = id
  }

  /** Whether another tab is at an import. */
  isRunningElsewhere(id: string): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (isHeld: boolean) => {
        clearTimeout(timer)
        this.#channel.removeEventListener('message', listen)
        resolve(isHeld)
      }
      const listen = ({ data }: MessageEvent<PresenceMessage>) => {
        if ('held' in data && data.held === id) finish(true)
      }
      const timer = setTimeout(() => finish(false), answerMs)
      this.#channel.addEventListener('message', listen)
      this.#post({ asked: id })
    })
  }

  #post(said: PresenceMessage): void {
    this.#channel.postMessage(said)
  }
}
