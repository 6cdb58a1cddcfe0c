/** The servers of a run, each started on first use. */
import { join } from 'node:path'
import type { PostgresServer } from '../test/support/postgres-server.ts'
import { checkedOut, formerCommit, storesOf } from './former.ts'
import type { ServerName } from './rows.ts'
import { type Server, startServer } from './servers/child.ts'
import { startDatabase } from './servers/database.ts'
import { startGo, startPython } from './servers/other-languages.ts'
import { startOurWorkers, startOurWorkersOf } from './servers/ours.ts'
import type { Size } from './size.ts'
import { fillStore, type ImportFigures } from './store.ts'
import { plainTable, sqliteStore } from './stores.ts'
import { sortedNames } from './workload.ts'

export class Cast {
  readonly #size: Size
  readonly #folder: string
  readonly #kept: string
  readonly #tell: (what: string) => void
  readonly #servers = new Map<ServerName, Server>()
  #database: PostgresServer | undefined
  /** The cost of filling the stores, by the number of devices. */
  readonly fillings: Record<string, ImportFigures> = {}

  /** @param folder for this run only; @param kept for stores that later runs may use */
  constructor(size: Size, folder: string, kept: string, tell: (what: string) => void) {
    this.#size = size
    this.#folder = folder
    this.#kept = kept
    this.#tell = tell
  }

  /** Number of devices in a server's store. */
  registeredOf(name: ServerName): number {
    const { small, medium, large } = this.#size.registered
    return name === 'none' ? 0 : name === 'small' ? small : name === 'large' ? large : medium
  }

  async server(name: ServerName): Promise<Server> {
    const server = this.#servers.get(name) ?? (await this.#start(name))
    this.#servers.set(name, server)
    return server
  }

  /** Adds a server that was started elsewhere. */
  take(name: ServerName, server: Server): void {
    this.#servers.set(name, server)
  }

  /** The folder of one of the SQLite stores. */
  async folderOf(name: 'none' | 'small' | 'medium' | 'large'): Promise<string> {
    const registered = this.registeredOf(name)
    this.#tell(`${registered.toLocaleString('en')} devices in SQLite …`)
    const { folder, filling } = await sqliteStore(this.#kept, registered)
    if (filling !== undefined && registered > 0) this.fillings[`sqlite ${registered}`] = filling
    return folder
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()))
    await this.#database?.close()
  }

  async #startFormer(registered: number): Promise<Server> {
    const tree = checkedOut(formerCommit, this.#folder)
    const kept = join(this.#kept, `against-${registered}-${formerCommit}`)
    const { former } = await storesOf(tree, kept, registered, this.#tell)
    return startOurWorkersOf(tree, former)
  }

  async #start(name: ServerName): Promise<Server> {
    const registered = this.registeredOf(name)
    if (name === 'floor') return startServer(new URL('servers/floor.ts', import.meta.url))
    if (name === 'floorPair') return startServer(new URL('servers/floor.ts', import.meta.url), ['2'])
    if (name === 'plain' || name === 'go' || name === 'python') {
      this.#tell(`${registered.toLocaleString('en')} devices in the plain table …`)
      const path = await plainTable(this.#kept, registered)
      if (name === 'go') return startGo(path, this.#folder)
      if (name === 'python') return startPython(path)
      return startServer(new URL('servers/plain.ts', import.meta.url), [path])
    }
    if (name === 'former') return this.#startFormer(registered)
    if (name !== 'postgres') return startOurWorkers(await this.folderOf(name))
    this.#tell(`${registered.toLocaleString('en')} devices in PostgreSQL …`)
    this.#database = await startDatabase()
    const [folder, url] = [join(this.#folder, 'postgres'), this.#database.url()]
    this.fillings[`postgres ${registered}`] = await fillStore(folder, sortedNames(registered), url)
    return startOurWorkers(folder, '--database', url)
  }
}
