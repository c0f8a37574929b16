import './zod-setup.ts';
import './theme.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { composeServices } from './app/compose-services.ts';
import { hearSecondStart } from './app/second-start.ts';
import { startI18n } from './i18n/i18n.ts';

const { services, language } = await composeServices();
await startI18n(language);
hearSecondStart();
const host = document.getElementById('root');
if (host === null) throw new Error('Bug: the page has no place for the app');
createRoot(host).render(<App services={services} />);
