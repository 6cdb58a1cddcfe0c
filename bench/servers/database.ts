import { PostgresServer } from '../../test/support/postgres-server.ts'

/** PostgreSQL as an administrator would set it; commits wait for the disk. */
export const startDatabase = (): Promise<PostgresServer> =>
  PostgresServer.start({
    durable: true,
    settings: { shared_buffers: '2GB', max_wal_size: '8GB', checkpoint_timeout: '15min' },
  })
