/** The channel on which tabs of an endpoint ask which of them runs an import. */
const channelName = 'rollcall-import'

type PresenceMessage = { readonly asked: string } | { readonly held: string }

/**
 * The maximum time in which a tab that runs an import answers. A sleeping tab that answers later does no harm:
 * it finds that the import was taken over before it sends anything (store.ts).
 */
const answerMs = 1000

/** Answers other tabs while this one runs an import. */
export class Presence {
  readonly #channel = new BroadcastChannel(channelName)
  #held: string | undefined

  constructor() {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<PresenceMessage>) => {
      if ('asked' in data && data.asked === this.#held) this.#post({ held: data.asked })
    })
  }

  /** @param id the import that this tab runs; undefined for none */
  announce(id: string | undefined): void {
    this.#held = id
  }

  /** Reports whether another tab runs an import. */
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
