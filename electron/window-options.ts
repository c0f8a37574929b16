/** The size that an old laptop has, and what of SEC-01 holds for every window. */
export function windowOptions(preload: string, devTools: boolean) {
  return {
    title: 'Onderdak',
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 600,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      devTools,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      spellcheck: false,
      experimentalFeatures: false,
    },
  };
}
