import { Redirect, Route, Switch } from 'wouter'
import { decoded, instanceIn } from '../shell/paths.ts'
import { BatchList } from './batch-list.tsx'
import { BatchPage } from './batch-page.tsx'
import { JobPage } from './jobs.tsx'

/** Everything that has an ApplyId: the list, and single batches. */
export function Page() {
  const list = (instance: string) => <BatchList key={instance} instance={instance} />
  return (
    <Switch>
      <Route path="/jobs/:instance/:id">
        {({ instance, id }) => <JobPage key={id} instance={instanceIn(instance)} id={decoded(id)} />}
      </Route>
      <Route path="/">{list('')}</Route>
      <Route path="/at/:instance">{({ instance }) => list(instance)}</Route>
      <Route path="/at/:instance/:applyId">
        {({ instance, applyId }) => <BatchPage key={applyId} instance={instance} text={applyId} />}
      </Route>
      <Route path="/:applyId">
        {({ applyId }) => <BatchPage key={applyId} instance="" text={applyId} />}
      </Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  )
}
