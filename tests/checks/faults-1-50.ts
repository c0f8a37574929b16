import {
  badAnswers,
  browser,
  copied,
  diesInTheMiddle,
  e2e,
  endpoint,
  flipped,
  givenBack,
  main,
  renderer,
  simulated,
  unit,
  wrongPage,
  type FaultRow,
} from './fault-test-names.ts';

export const faults1To50: Readonly<Record<number, FaultRow>> = {
  1: { fault: 'request lost', tests: [simulated] },
  2: { fault: 'answer lost', tests: [simulated, diesInTheMiddle] },
  3: {
    fault: 'frame delivered twice, or days later',
    tests: [simulated, endpoint('ingest', 'are taken in once when they come ten times at the same moment')],
  },
  4: {
    fault: 'frames reordered',
    tests: [simulated, endpoint('ingest', 'answers a gap with what is here, and keeps nothing')],
  },
  5: { fault: 'body cut', tests: [flipped] },
  6: { fault: 'bit flip', tests: [flipped, simulated] },
  7: { fault: 'captive portal', tests: [badAnswers] },
  8: { fault: 'proxy caches a feed', tests: [wrongPage] },
  9: { fault: 'slow and lossy link', tests: [], open: 'no test with bandwidth, loss and a long round trip' },
  10: {
    fault: 'half-open TCP',
    tests: [
      main('half-open', 'is given up when no byte comes any more, before an answer and in the middle of one'),
      main('half-open', 'is not given up as long as bytes come, however long it takes'),
    ],
  },
  11: {
    fault: 'link drops every 40 s',
    tests: [
      main(
        'backlog',
        'a line that breaks every 40 s at 5 kbit/s gets further in every one of these, until all is there',
      ),
    ],
  },
  12: {
    fault: 'TLS interception',
    tests: [endpoint('tls', '%s is refused, and nothing was sent')],
  },
  13: {
    fault: 'storm of 500, 503 and 429',
    tests: [
      renderer('adapters', 'waits a random time that grows to a quarter of an hour, and as long as it was told'),
      main('acknowledgement', 'is not asked for more often than a busy endpoint says'),
      renderer('storm', 'spread out while it is away, and are all through a quarter of an hour after it is back'),
      renderer('storm', 'come no sooner than they were told, and not at once when they may'),
    ],
  },
  14: {
    fault: '413',
    tests: [
      simulated,
      unit('sync/make-changes', 'refuses what one frame could never carry, and saves what it just can'),
      renderer(
        'too-big',
        'one operation that no line takes keeps nothing else from going and coming, and goes when a line takes it',
      ),
    ],
  },
  15: {
    fault: 'renderer killed in a save',
    tests: [
      simulated,
      e2e('kills', 'keeps all that the screen had confirmed, nothing half, and all of it comes to the endpoint'),
    ],
  },
  16: {
    fault: 'main process killed',
    tests: [
      main('journal', 'cut off at any byte of the last record has all records before it, and goes on from there'),
    ],
  },
  17: {
    fault: 'killed between commit and journal',
    tests: [simulated, renderer('laptops-together', 'heals a second copy that missed the last save')],
  },
  18: {
    fault: 'power loss',
    tests: [simulated, main('journal', 'does not say that what was not fsynced is safe')],
    open: 'writes of Chromium that were not fsynced are not dropped in a test',
  },
  19: {
    fault: 'killed while applying a page',
    tests: [simulated, renderer('dexie-store', 'takes pages, rows and cursor in together and goes on after a restart')],
  },
  20: {
    fault: 'disk full while saving',
    tests: [
      renderer('save-and-sync', 'says that the disk is full, keeps nothing half, and goes on afterwards'),
      browser('full-disk-forms', 'leaves a resident as typed, and the same form is saved when there is room'),
      renderer(
        'save-and-sync',
        'does not call a record unsaved that cannot be opened because the disk filled after it',
      ),
      browser('full-disk-forms', 'says of a person whose page does not open after the save that the save was kept'),
    ],
  },
  21: {
    fault: 'disk full at start',
    tests: [
      main('journal', 'opens in safe mode below 500 MB'),
      e2e('kills', 'keeps the store shut until there is room again, and loses nothing that was saved'),
    ],
  },
  22: {
    fault: 'disk full for the journal only',
    tests: [
      main('journal', 'when full, says full, keeps the file as it was, and works again when there is space'),
      renderer('save-and-sync', 'goes on without the second copy and sends it later, audit included'),
    ],
  },
  23: {
    fault: 'store deleted',
    tests: [
      e2e('lost-store', 'and deleted comes back whole, answers that never leave the laptop included, and this is told'),
    ],
  },
  24: {
    fault: 'store overwritten with random bytes',
    tests: [
      e2e('lost-store', 'and overwritten with random bytes as well, and work goes on and is there the next time'),
    ],
  },
  25: {
    fault: 'journal record corrupt',
    tests: [main('journal', 'with one flipped bit anywhere loses that record alone and says so')],
  },
  26: {
    fault: 'journal segment missing',
    tests: [main('journal', 'notices a record that was taken out, and a segment that was')],
  },
  27: {
    fault: 'old profile image',
    tests: [
      simulated,
      renderer(
        'rolled-back',
        'a store that lost its last saves gets them from the second copy, and work and exchange go on',
      ),
      copied('sends its new work under numbers of its own, attributed and dated as it was, and has the old work back'),
      copied('comes to the same when it is killed at any call of that exchange'),
      main(
        'stick-copy',
        'does not use numbers again that another copy used, when the store was put back to before them',
      ),
    ],
  },
  28: {
    fault: 'profile cloned',
    tests: [
      simulated,
      copied('comes to rest as both: all work of the two is there once, whatever numbers they gave it'),
      endpoint(
        'copied-laptop',
        'takes the work of a laptop and of its copy, both with one key, and gives each the work of the other',
      ),
      renderer(
        'store-put-back',
        'is other work under the same number: what is only here goes out again under a new writer, once',
      ),
      main('stick-copy', 'brings the work of both copies of a laptop by stick alone, each once'),
      main('stick-copy', 'lets nothing in that was built on a number of the other copy'),
    ],
  },
  29: {
    fault: 'clock far off',
    tests: [
      simulated,
      unit('sync/replicas', 'follow cause and effect where clocks lie: an edit after a received one is later'),
    ],
  },
  30: {
    fault: 'clock jumps while editing',
    tests: [unit('kernel/hybrid-clock', 'always goes on, whatever the clock of the machine does')],
  },
  31: {
    fault: 'many operations in one ms',
    tests: [unit('kernel/hybrid-clock', 'takes 70,000 edits in one millisecond')],
  },
  32: {
    fault: 'far-future stamp',
    tests: [
      unit('kernel/hybrid-clock', 'is dragged at most ten minutes ahead by a stamp from the far future'),
      unit('sync/replica-record', 'never comes from a suspect clock while another one is there'),
    ],
  },
  33: {
    fault: 'two windows edit one field',
    tests: [
      simulated,
      renderer('save-and-sync', 'starts again with the bases of the form when another window committed first'),
    ],
  },
  34: {
    fault: 'two windows sync',
    tests: [
      [
        'browser/sync-loop.browser.test.ts',
        'waits while another window exchanges, and goes on when that window is gone',
      ],
    ],
  },
  35: {
    fault: 'second instance',
    tests: [e2e('shell', 'is used by one app at a time, two profiles by two')],
  },
  36: { fault: 'endpoint dies before COMMIT', tests: [simulated, diesInTheMiddle] },
  37: { fault: 'endpoint dies after COMMIT', tests: [simulated, diesInTheMiddle] },
  38: {
    fault: 'PostgreSQL killed mid-transaction',
    tests: [
      endpoint(
        'killed-postgres',
        'has all of a batch or nothing after PostgreSQL was killed %s, and takes it in once when it comes again',
      ),
    ],
  },
  39: { fault: 'endpoint forgets what it confirmed', tests: [simulated, givenBack] },
  40: {
    fault: 'database of yesterday',
    tests: [
      simulated,
      givenBack,
      endpoint('restart', 'gets what it forgot from the frame journal, at the same positions, in a new epoch'),
    ],
  },
  41: { fault: 'restore while devices upload', tests: [simulated] },
  42: { fault: 'restore and a device rewound', tests: [simulated] },
  43: {
    fault: 'endpoint wiped empty',
    tests: [
      endpoint('backup', 'brings everything back where key and journal were kept, and the journal what came later'),
    ],
    open: 'without its list of devices the endpoint knows nobody: people enrol anew, and no test follows that',
  },
  44: {
    fault: 'wrong URL',
    tests: [main('sync-client', 'pins the key, and only an answer signed with it is believed after a restart')],
  },
  45: {
    fault: 'commit order',
    tests: [endpoint('feeds', 'fill one feed without a hole, and two readers see the same')],
  },
  46: { fault: 'failover to a lagging replica', tests: [simulated], open: 'not with a real replica' },
  47: {
    fault: 'upgrade mid-sync',
    tests: [
      simulated,
      main('short-frames', 'sends the same again in full to an endpoint of before, and after two frames nothing else'),
      endpoint('short-frames', 'is taken in as if it had said everything, once or twice and cut elsewhere'),
    ],
    open: 'of what goes over the line there are two versions, of the store one: no test installs an app over another',
  },
  48: { fault: 'device back after 14 months', tests: [], open: 'there is one schema version' },
  49: {
    fault: 'unknown table, field, value',
    tests: [simulated, endpoint('ingest', 'holds a value its field refuses, and passes on what it does not know')],
  },
  50: { fault: 'app downgraded', tests: [], open: 'no test opens a store of a newer app' },
};
