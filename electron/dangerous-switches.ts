/** Switches that would open a running app to others or weaken its pages; a fuse does not cover them (SEC-15). */
const dangerous = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'proxy-server',
  'host-resolver-rules',
  'log-net-log',
  'password-store',
  'enable-features',
];

/** The dangerous switches in the arguments of a start, by name and in the order given; `[]` is a good start. */
export function dangerousSwitches(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const name = /^(?:--?|\/)([a-z][a-z0-9-]*)(?:=|$)/i.exec(arg)?.[1]?.toLowerCase();
    return name !== undefined && (name.startsWith('inspect') || dangerous.includes(name)) ? [name] : [];
  });
}
