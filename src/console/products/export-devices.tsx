import { devicesToExport } from '../../export/devices.ts'
import { rest } from '../shell/device-export.ts'
import { ExportDialog } from '../shell/export-dialog.tsx'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { texts } from './export-texts.ts'
import type { OfProduct } from './search.ts'

/** Exports a product's devices to a file, page by page. */
export function ExportDevices({ close, ...ofProduct }: OfProduct & { readonly close: () => void }) {
  const words = useTexts(texts)
  const { patientClient } = useSession()
  return (
    <ExportDialog
      title={words.title}
      about={words.about}
      withMeans={words.withMeans}
      withoutMeans={words.withoutMeans}
      file={`${ofProduct.productKey}-devices`}
      open={(withSecrets) => devicesToExport(patientClient, ofProduct, withSecrets, rest)}
      close={close}
    />
  )
}
