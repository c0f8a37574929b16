import { contextBridge, ipcRenderer } from 'electron';
import { exposeHost } from './host-bridge.ts';

/** Names of the contract, put in by the build: the contract itself would bring its parsers along. */
declare const __CHANNELS__: readonly string[];
declare const __HOST_EVENTS__: readonly string[];

exposeHost(__CHANNELS__, __HOST_EVENTS__, {
  exposeInMainWorld: (name, api) => {
    contextBridge.exposeInMainWorld(name, api);
  },
  invoke: (channel, request) => ipcRenderer.invoke(channel, request),
  listen: (event, listener) => {
    ipcRenderer.on(event, (_event, payload: unknown) => {
      listener(payload);
    });
  },
});
