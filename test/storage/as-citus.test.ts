import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { Unavailable } from '../../src/storage/storage.ts'
import { type CitusDouble, citusDouble } from '../support/citus-double.ts'
import { TestClock } from '../support/deterministic.ts'
import { onPostgres } from '../support/nodes.ts'
import { freshDatabase } from '../support/postgres.ts'
import { makeStore } from './conformance/store.ts'
import { conformance } from './conformance.ts'

// The rules that Citus asks for, on a plain PostgreSQL that breaks them as a coordinator of Citus does.

const clock = new TestClock()
const options = { connections: 4, testClock: true }
let double: CitusDouble
const ended: (() => void)[] = []
const lifetime = { after: (end: () => void) => ended.push(end) } as unknown as TestContext

conformance(
  {
    name: 'PostgreSQL that answers as Citus does',
    async open(clock) {
      double = await citusDouble(await freshDatabase(lifetime))
      return openPostgres(double.url, clock, options)
    },
    openAgain: (clock) => openPostgres(double.url, clock, options),
    clean() {
      double.close()
      for (const end of ended.splice(0)) end()
    },
    cannot: [],
    rounds: 5,
  },
  clock,
)

/** Errors of a worker that was lost, as Citus reports them at the statement and at the commit. */
const losses = [
  { when: 'AFTER INSERT', code: 'XX000', message: 'terminating connection due to administrator command' },
  { when: 'AFTER INSERT', code: '58030', message: 'failed to COPY to shard 102032 on 10.0.0.2:5432' },
  { when: 'AFTER INSERT', code: '08006', message: 'connection to the remote node u@10.0.0.2:5432 failed' },
  { when: 'at COMMIT', code: 'XX000', message: 'failed to prepare transaction on host 10.0.0.2:5432' },
] as const

for (const { when, code, message } of losses) {
  test(`a worker that is lost ${when}: ${code} ${message}`, async (t) => {
    const url = await freshDatabase(t)
    const storage = await openPostgres(url, clock, options)
    t.after(() => storage.close())
    const { product, batchOf, instance } = await makeStore(storage, clock, () => assert.fail())
    const [head, deferred] =
      when === 'at COMMIT'
        ? ['CREATE CONSTRAINT TRIGGER', 'DEFERRABLE INITIALLY DEFERRED']
        : ['CREATE TRIGGER', '']
    // A sequence is not rolled back with its transaction.
    await onPostgres(
      url,
      `CREATE SEQUENCE attempt;
       CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('attempt') <= (SELECT value::integer FROM fact WHERE name = 'losses') THEN
           RAISE EXCEPTION USING ERRCODE = '${code}', MESSAGE = '${message}';
         END IF;
         RETURN NULL;
       END $$;
       ${head} lose AFTER INSERT ON device ${deferred} FOR EACH ROW EXECUTE FUNCTION lose();
       INSERT INTO fact VALUES ('losses', '1')`,
    )
    // It is back at the second attempt: the client notices nothing.
    await storage.devices.insertBatch(batchOf(['aaaa']))
    assert.equal((await storage.products.findById(instance, product))!.deviceCount, 1)
    // It stays away: nothing was written, and the client gets an error that it may retry.
    await onPostgres(url, `UPDATE fact SET value = '1000' WHERE name = 'losses'`)
    await assert.rejects(storage.devices.insertBatch(batchOf(['bbbb'])), Unavailable)
    await assert.rejects(storage.devices.insertFree(batchOf(['cccc'])), Unavailable)
    const row = (await storage.products.findById(instance, product))!
    assert.deepEqual([row.deviceCount, row.revision], [1, 1])
    assert.equal(await storage.devices.count({ products: [product] }), 1)
  })
}
