import { after, before, suite } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { CitusCluster, noCitus } from '../support/citus-cluster.ts'
import { TestClock } from '../support/deterministic.ts'
import { dropSchema, spreadSchema } from './citus-store.ts'
import { conformance } from './conformance.ts'

/**
 * The store on a real cluster of Citus: a coordinator and two workers, made by deploy/citus-cluster.sh. Debian has no
 * package of Citus, so this is skipped on machines without it.
 */
suite('a cluster of Citus', { skip: noCitus() ?? false }, () => {
  const clock = new TestClock()
  const options = { connections: 4, testClock: true }
  let cluster: CitusCluster
  let url = ''
  before(async () => {
    cluster = await CitusCluster.start('fsync=off')
  })
  after(() => cluster?.close())

  conformance(
    {
      name: 'PostgreSQL spread by Citus',
      async open(clock) {
        url = await spreadSchema(cluster, clock)
        return openPostgres(url, clock, options)
      },
      openAgain: (clock) => openPostgres(url, clock, options),
      clean: () => dropSchema(cluster, url),
      cannot: [],
    },
    clock,
  )
})
