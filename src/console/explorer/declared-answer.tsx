import { Flex, Typography } from 'antd'
import type { DeclaredField, Operation } from '../../client/operations.ts'
import { failureTexts } from '../shell/failure-texts.ts'
import { useLanguage, useTexts } from '../shell/language.tsx'
import { WideTable } from '../shell/wide-table.tsx'
import { texts } from './texts.ts'

type Failure = Operation['failures'][number]

const mono = (text: string) => <span className="mono">{text}</span>

/** The fields of an operation's answer, and the errors that it can return, as declared. */
export function DeclaredAnswer({ operation }: { readonly operation: Operation }) {
  const words = useTexts(texts)
  const explained = useTexts(failureTexts)
  const { language } = useLanguage()
  return (
    <Flex vertical gap={16}>
      <section aria-label={words.answerFields}>
        <Typography.Title level={3} style={{ fontSize: 15 }}>
          {words.answerFields}
        </Typography.Title>
        <WideTable<DeclaredField>
          aria-label={words.answerFields}
          size="small"
          rowKey="name"
          dataSource={[...operation.answer]}
          pagination={false}
          locale={{ emptyText: words.onlyCommonFields }}
          columns={[
            { title: words.field, dataIndex: 'name', render: mono },
            { title: words.type, dataIndex: 'type' },
            {
              title: words.meaning,
              dataIndex: 'doc',
              render: (doc: string) => <span {...(language === 'zh' && { lang: 'en' })}>{doc}</span>,
            },
          ]}
        />
      </section>
      <section aria-label={words.errors}>
        <Typography.Title level={3} style={{ fontSize: 15 }}>
          {words.errors}
        </Typography.Title>
        <WideTable<Failure>
          aria-label={words.errors}
          size="small"
          rowKey="code"
          dataSource={[...operation.failures]}
          pagination={false}
          locale={{ emptyText: words.noErrors }}
          columns={[
            { title: 'Code', dataIndex: 'code', render: mono },
            {
              title: words.meaning,
              dataIndex: 'text',
              render: (text: string, { code }) => explained[code] ?? text,
            },
          ]}
        />
      </section>
    </Flex>
  )
}
