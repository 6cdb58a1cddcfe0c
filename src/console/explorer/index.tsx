import { Flex, Grid, Result, Select } from 'antd'
import { Redirect, useLocation, useRoute } from 'wouter'
import type { Operation } from '../../client/operations.ts'
import { operations as catalogue } from '../shell/connection.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import './explorer.css'
import { listed } from './families.ts'
import { OperationList } from './operation-list.tsx'
import { OperationPane } from './operation-pane.tsx'
import { texts } from './texts.ts'
import { useForms } from './use-forms.ts'

/** The operation that the explorer shows first. */
const first = 'BatchCheckImportDevice'

const inChinese = (operation: Operation): Operation => ({
  ...operation,
  summary: operation.summaryZh,
  parameters: operation.parameters.map((field) => ({ ...field, doc: field.docZh! })),
})

const operationsIn: Texts<readonly Operation[]> = { en: catalogue, zh: catalogue.map(inChinese) }

/** All declared operations, each with a form, a live call, its signature, and sample programs. */
export function Page() {
  const words = useTexts(texts)
  const operations = useTexts(operationsIn)
  const [isChosen, chosen] = useRoute<{ readonly action: string }>('/:action')
  const [, navigate] = useLocation()
  const isWide = Grid.useBreakpoint().lg ?? true
  const forms = useForms()
  if (!isChosen) return <Redirect to={`/${first}`} replace />
  const operation = operations.find(({ name }) => name === chosen.action)
  return (
    <Flex gap={isWide ? 24 : 12} vertical={!isWide}>
      {isWide ? (
        <div style={{ width: 264, flexShrink: 0 }}>
          <OperationList operations={operations} current={chosen.action} />
        </div>
      ) : (
        <Select
          aria-label={words.chooseOperation}
          showSearch
          value={operation?.name}
          placeholder={words.chooseOperation}
          options={listed(operations, '').map(({ family, operations }) => ({
            label: words.families[family],
            options: operations.map(({ name }) => ({ value: name, label: name })),
          }))}
          onChange={(name) => navigate(`/${name}`)}
        />
      )}
      <div style={{ flex: 1, minWidth: 0 }}>
        {operation === undefined ? (
          <Result status="404" title={words.noSuchOperation(chosen.action)} />
        ) : (
          <OperationPane key={operation.name} operation={operation} forms={forms} />
        )}
      </div>
    </Flex>
  )
}
