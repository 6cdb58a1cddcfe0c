import { devicesToExport } from '../../export/devices.ts'
import { rest } from '../shell/device-export.ts'
import { ExportDialog } from '../shell/export-dialog.tsx'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { chosenToExport } from './export-chosen.ts'
import { texts } from './export-texts.ts'
import type { OfProduct } from './search.ts'
import type { Chosen } from './use-chosen.ts'

/** Exports a product's devices to a file, page by page. */
export function ExportDevices({
  close,
  chosen,
  ...ofProduct
}: OfProduct & {
  /** The devices to export; all of the product if undefined. */
  readonly chosen?: Chosen
  readonly close: () => void
}) {
  const words = useTexts(texts)
  const { patientClient } = useSession()
  return (
    <ExportDialog
      title={words.title}
      about={chosen === undefined ? words.about : words.aboutChosen}
      withMeans={words.withMeans}
      withoutMeans={words.withoutMeans}
      file={`${ofProduct.productKey}-devices`}
      open={async (withSecrets) =>
        chosen === undefined
          ? devicesToExport(patientClient, ofProduct, withSecrets, rest)
          : chosenToExport(patientClient, ofProduct.instance, chosen, withSecrets)
      }
      close={close}
    />
  )
}
