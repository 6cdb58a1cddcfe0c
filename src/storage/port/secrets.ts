/** A data key wrapped by the master key, stored with what it seals. */
export interface NewDataKey {
  readonly wrapped: Buffer
  /** The master key it is wrapped by; a write under another than the store's is refused as StaleMasterKey. */
  readonly masterKeyId: string
}

export interface DataKeyStore {
  /** The key, wrapped. */
  find(id: number): Promise<Buffer | undefined>
  /** The id of the data key that the store keeps under a name; the one given, if it has none yet. */
  settle(name: string, dataKey: NewDataKey): Promise<number>
  /** Wraps every data key anew, in one transaction, and makes `masterKeyId` the store's. Gives their count. */
  rewrap(masterKeyId: string, rewrap: (wrapped: Buffer) => Buffer): Promise<number>
}

export interface FactStore {
  get(name: string): Promise<string | undefined>
  /** Sets it if it has no value yet, and gives the value that it has then. */
  settle(name: string, value: string): Promise<string>
}
