import {
  ApiOutlined as ApiOutlinedIcon,
  AppstoreOutlined as AppstoreOutlinedIcon,
  ArrowLeftOutlined as ArrowLeftOutlinedIcon,
  BulbOutlined as BulbOutlinedIcon,
  CheckOutlined as CheckOutlinedIcon,
  CloseOutlined as CloseOutlinedIcon,
  CopyOutlined as CopyOutlinedIcon,
  DashboardOutlined as DashboardOutlinedIcon,
  DeleteOutlined as DeleteOutlinedIcon,
  DiffOutlined as DiffOutlinedIcon,
  DownloadOutlined as DownloadOutlinedIcon,
  EditOutlined as EditOutlinedIcon,
  EyeInvisibleOutlined as EyeInvisibleOutlinedIcon,
  EyeOutlined as EyeOutlinedIcon,
  FileTextOutlined as FileTextOutlinedIcon,
  HistoryOutlined as HistoryOutlinedIcon,
  InboxOutlined as InboxOutlinedIcon,
  LeftOutlined as LeftOutlinedIcon,
  LoadingOutlined as LoadingOutlinedIcon,
  LogoutOutlined as LogoutOutlinedIcon,
  MenuOutlined as MenuOutlinedIcon,
  PlusOutlined as PlusOutlinedIcon,
  ReloadOutlined as ReloadOutlinedIcon,
  RightOutlined as RightOutlinedIcon,
  SafetyOutlined as SafetyOutlinedIcon,
  SearchOutlined as SearchOutlinedIcon,
  SnippetsOutlined as SnippetsOutlinedIcon,
  TranslationOutlined as TranslationOutlinedIcon,
  UndoOutlined as UndoOutlinedIcon,
  UploadOutlined as UploadOutlinedIcon,
  UserOutlined as UserOutlinedIcon,
} from '@ant-design/icons'
import type { ComponentProps, ComponentType } from 'react'

type IconProps = ComponentProps<typeof CopyOutlinedIcon>

/**
 * An icon that only decorates: each has an English name of its own, which a screen reader would read before the words
 * of a button, whatever their language. A button without words has a label.
 */
const mute = (Icon: ComponentType<IconProps>) => (props: IconProps) => <Icon aria-hidden {...props} />

export const ApiOutlined = mute(ApiOutlinedIcon)
export const AppstoreOutlined = mute(AppstoreOutlinedIcon)
export const ArrowLeftOutlined = mute(ArrowLeftOutlinedIcon)
export const BulbOutlined = mute(BulbOutlinedIcon)
export const CheckOutlined = mute(CheckOutlinedIcon)
export const CloseOutlined = mute(CloseOutlinedIcon)
export const CopyOutlined = mute(CopyOutlinedIcon)
export const DashboardOutlined = mute(DashboardOutlinedIcon)
export const DeleteOutlined = mute(DeleteOutlinedIcon)
export const DiffOutlined = mute(DiffOutlinedIcon)
export const DownloadOutlined = mute(DownloadOutlinedIcon)
export const EditOutlined = mute(EditOutlinedIcon)
export const EyeInvisibleOutlined = mute(EyeInvisibleOutlinedIcon)
export const EyeOutlined = mute(EyeOutlinedIcon)
export const FileTextOutlined = mute(FileTextOutlinedIcon)
export const HistoryOutlined = mute(HistoryOutlinedIcon)
export const InboxOutlined = mute(InboxOutlinedIcon)
export const LeftOutlined = mute(LeftOutlinedIcon)
export const LoadingOutlined = mute(LoadingOutlinedIcon)
export const LogoutOutlined = mute(LogoutOutlinedIcon)
export const MenuOutlined = mute(MenuOutlinedIcon)
export const PlusOutlined = mute(PlusOutlinedIcon)
export const ReloadOutlined = mute(ReloadOutlinedIcon)
export const RightOutlined = mute(RightOutlinedIcon)
export const SafetyOutlined = mute(SafetyOutlinedIcon)
export const SearchOutlined = mute(SearchOutlinedIcon)
export const SnippetsOutlined = mute(SnippetsOutlinedIcon)
export const TranslationOutlined = mute(TranslationOutlinedIcon)
export const UndoOutlined = mute(UndoOutlinedIcon)
export const UploadOutlined = mute(UploadOutlinedIcon)
export const UserOutlined = mute(UserOutlinedIcon)
