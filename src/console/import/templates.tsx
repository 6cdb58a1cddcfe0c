import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { randomId } from '../shell/connection.ts'
import { save } from '../shell/save.ts'
import { templateCsv, templateRows } from './template.ts'
import { useWords } from './texts.ts'

/** Links to template files. */
export function Templates() {
  const words = useWords()
  const rows = () => templateRows(() => randomId().slice(0, 20))
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'csv',
            label: words.templateCsv,
            onClick: () =>
              save(new Blob([templateCsv(rows())], { type: 'text/csv' }), 'devices-template.csv'),
          },
          {
            key: 'xlsx',
            label: words.templateXlsx,
            async onClick() {
              const { xlsxOf } = await import('../../device-files/xlsx-writer.ts')
              save(xlsxOf(rows(), rows()[0]!.length), 'devices-template.xlsx')
            },
          },
        ],
      }}
    >
      <Button size="small" icon={<DownloadOutlined />}>
        {words.template}
      </Button>
    </Dropdown>
  )
}
