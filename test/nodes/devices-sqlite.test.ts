import { devicesOnNodes } from './devices.ts'

devicesOnNodes('SQLite')
