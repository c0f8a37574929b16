import {
  browser,
  cautious,
  e2e,
  endpoint,
  main,
  renderer,
  simulated,
  trueAck,
  unit,
  wrongPage,
  type FaultRow,
} from './fault-test-names.ts';

export const faults51To100: Readonly<Record<number, FaultRow>> = {
  51: { fault: 'Electron upgrade', tests: [], open: 'needs two Electron binaries' },
  52: {
    fault: 'concurrent edit of a review field',
    tests: [simulated, unit('sync/replica-record', 'of a review field is the latest, marked, with all values kept')],
  },
  53: { fault: 'concurrent resolution', tests: [simulated] },
  54: {
    fault: 'edit and delete',
    tests: [simulated, unit('sync/replica-record', 'does not hide an edit the deleter had not seen, before or after')],
  },
  55: {
    fault: 'add and remove of one member',
    tests: [
      simulated,
      unit('sync/replica-record', 'of a set is the union of what nobody removed: a concurrent add survives a remove'),
    ],
  },
  56: {
    fault: 'same person at two sites',
    tests: [
      browser('likely-doubles', 'finds an equal number whatever the name, and offers to merge a record that exists'),
    ],
  },
  57: {
    fault: 'move while A edits',
    tests: [simulated, endpoint('feeds', 'moves with its whole history, and leaves an eviction')],
    open: 'a late edit from A reaches B without a mark that it was made after the move',
  },
  58: {
    fault: 'access removed',
    tests: [
      simulated,
      renderer(
        'departed',
        'keeps what a site that was closed to this laptop held for the same time, after everything was sent',
      ),
    ],
  },
  59: {
    fault: 'revoked device uploads',
    tests: [
      endpoint('ingest', 'may deposit, read nothing, and what it sends is put aside'),
      endpoint('devices', 'reads nothing, is told why, and what it brings waits until a person lets it in'),
      main('casebox', 'puts aside what a laptop brings that may not write any more, and answers so'),
      renderer(
        'rejected',
        'goes out of the record of its author, who reads in a task what was typed, and the rest works on',
      ),
      renderer('rejected', 'takes a person who was wholly made by it off every list, and keeps all that was typed'),
    ],
  },
  60: {
    fault: 'hostile bytes',
    tests: [
      unit('sync/frame', 'is stopped before it inflates a bomb'),
      unit('sync/frame', 'never throws on foreign bytes'),
      unit('sync/canonical', 'take a key __proto__ for a key'),
      unit('sync/row-codec', 'refuse a small body that claims a great number'),
    ],
  },
  61: {
    fault: 'wrong chain',
    tests: [endpoint('ingest', 'sees another operation under a used number, and puts the frame aside')],
  },
  62: { fault: 'reducer throws', tests: [unit('sync/merge', 'does not supersede anything')] },
  63: { fault: 'ack forged or replayed', tests: [trueAck] },
  64: { fault: 'page with a hole', tests: [wrongPage] },
  65: { fault: 'keyring key lost', tests: [], open: 'there is no recovery slot' },
  66: {
    fault: 'stick pulled, full, read-only',
    tests: [main('casebox', 'leaves no part of a file on a stick that is gone or may not be written')],
  },
  67: { fault: 'sticks out of order', tests: [main('casebox', 'takes files in any order, twice and late, each once')] },
  68: {
    fault: '10,000 unsent operations',
    tests: [
      main(
        'backlog',
        '10,000 unsent operations and the first contact fit in five minutes at 100 kbit/s, and go on where the line broke',
      ),
    ],
  },
  69: { fault: 'snapshot cut', tests: [], open: 'there are no snapshots' },
  70: { fault: 'blob missing', tests: [], open: 'there are no attachments' },
  71: {
    fault: 'crash in compaction',
    tests: [
      simulated,
      unit(
        'sync/compact',
        'obeys its law: a cut, compacted, with what a compacted history has after the cut, is the whole history',
      ),
      renderer('compact-records', 'goes on where it was broken off, record by record as they were committed'),
    ],
  },
  72: {
    fault: 'digest mismatch',
    tests: [
      unit('sync/digest', 'differs in the bucket of the record whose content differs, under the same number too'),
    ],
    open: 'the endpoint does not answer with its digest, so nothing is repaired by it',
  },
  73: {
    fault: 'sleep during upload',
    // Going to sleep locks: the page with its timers ends, and the next one begins with an exchange.
    tests: [
      e2e('shell', 'ends the renderer and opens a new one, by button, by idle time and on suspend'),
      main('locked-exchange', 'a lock %s leaves nothing half, and the next exchange asks again'),
    ],
  },
  74: {
    fault: 'endpoint clock wrong',
    tests: [
      main(
        'endpoint-clock',
        'of which the clock is an hour off, either way and from one exchange to the next, merges as one that is right',
      ),
    ],
  },
  75: {
    fault: 'pull while a form is open',
    tests: [simulated, unit('sync/make-changes', 'keeps what arrived while the form was open beside what it saves')],
  },
  76: {
    fault: 'two families into one bed',
    tests: [
      unit('reception/bed-stay', 'finds two people in one bed, with the nights they share (C1)'),
      browser('beds', 'is one question on the review page in %s'),
    ],
  },
  77: {
    fault: 'one resident into two beds',
    tests: [unit('reception/bed-stay', 'finds one person in two beds (C2), and passes over void stays')],
  },
  78: {
    fault: 'bed conflict resolved in two ways',
    tests: [
      unit('reception/placing', 'settle a double booking without taking a night that only one of the two has'),
      unit(
        'reception/placing',
        'settle it in two ways at once without losing a stay, a double bed or a place nobody disputed',
      ),
    ],
  },
  79: {
    fault: 'stay on a closed bed',
    tests: [browser('beds', 'and a bed that closes under somebody are both on the review page')],
  },
  80: {
    fault: 'two decisions for one month',
    tests: [
      renderer('contribution', 'of two laptops on the same month both stand'),
      renderer('month-run', 'passes over what is not as it was seen, and two decisions of two laptops are one task'),
    ],
  },
  81: {
    fault: 'finalised while another edits',
    tests: [
      renderer(
        'finalised-at-once',
        'stays as it was closed, and what the other one answered meanwhile stands beside it',
      ),
      renderer(
        'finalised-at-once',
        'and on the other at once stands twice, and a person chooses which one counts (C6)',
      ),
    ],
  },
  82: { fault: 'same income twice', tests: [simulated] },
  83: {
    fault: 'one BSN on two residents',
    tests: [
      browser(
        'likely-doubles',
        'reads the numbers once one was typed in full, stops at an equal BSN, and goes on with a reason',
      ),
    ],
    open: 'a laptop without numbers is not told by the endpoint',
  },
  84: {
    fault: 'consent withdrawn and given',
    tests: [
      cautious,
      unit(
        'questionnaire/withdrawal',
        'wins over everything else that stands for the status until a person has chosen',
      ),
    ],
  },
  85: { fault: 'risk raised and cleared', tests: [cautious] },
  86: {
    fault: 'erasure while a device edits',
    tests: [
      endpoint('erasure', 'takes a late edit of the record as leaf only and keeps its value out of every feed'),
      endpoint('erasure-departed', 'reaches whoever wrote %s and has it no more, since it went on to another site'),
    ],
  },
  87: {
    fault: 'restore to before an erasure',
    tests: [
      endpoint(
        'erasure',
        'erases again before the first request when an old backup is put back and the journal is gone',
      ),
    ],
  },
  88: {
    fault: 'redeposit of erased values',
    tests: [endpoint('redeposit', 'takes back as leaf only what was erased since')],
  },
  89: {
    fault: 'erased canary in the profile',
    tests: [
      renderer(
        'erasure',
        'takes the value out of rows, operations, pages, list, drafts and journal, and the chain goes on',
      ),
      renderer(
        'erasure',
        'goes too out of what was written late, when its row is put together again from the second copy',
      ),
    ],
    open: 'keys are not rotated after an erasure',
  },
  90: {
    fault: 'user without a compartment',
    tests: [
      simulated,
      renderer('lost-store', 'comes back in two steps when a colleague without all keys is the first to unlock'),
    ],
  },
  91: {
    fault: 'lock during an exchange',
    tests: [simulated, main('locked-exchange', 'a lock %s leaves nothing half, and the next exchange asks again')],
  },
  92: {
    fault: 'lease expired',
    tests: [
      main('lease', 'does not get more time by setting its clock back, running or between two starts'),
      main('lease', 'the first exchange sends what was not sent, and opens the laptop'),
      main(
        'lease',
        'what was not sent goes by stick as well, and the answer opens the laptop for what is left of its days',
      ),
      browser('lease', 'shows nothing of anybody when the time is over: sending comes first, by network or stick'),
    ],
  },
  93: {
    fault: 'moved five times',
    tests: [renderer('save-and-sync', 'gives up after five attempts and has written nothing')],
  },
  94: { fault: 'key rotation', tests: [], open: 'keys are not rotated' },
  95: { fault: 'half of a save', tests: [], open: 'a save of which one compartment came is not marked incomplete' },
  96: {
    fault: 'wipe while locked',
    tests: [
      main(
        'emptied-laptop',
        'is emptied when it was returned, not before everything is delivered, keys first, and begins anew',
      ),
      main('emptied-laptop', 'is emptied at once when it was stolen, and the log says that it was'),
      main('emptied-laptop', 'that was stolen is emptied although nobody unlocks it'),
      main('emptied-laptop', 'that was returned waits for somebody who unlocks it and delivers'),
    ],
  },
  97: {
    fault: 'local fields after a wipe',
    tests: [
      renderer('lost-store', 'comes back whole from the journal, with the answers that never leave the laptop'),
      renderer('lost-store', 'is in no frame, not in clear in the journal, and in no operation'),
    ],
  },
  98: {
    fault: 'vault counter goes back',
    tests: [
      main(
        'put-back',
        'a laptop that counts fewer commits than before delivers, reads nothing, and is let back in by a code',
      ),
      main('put-back', 'a store that comes back from the second copy and counts anew is no alarm'),
    ],
  },
  99: {
    fault: 'PostgreSQL cannot start',
    tests: [
      endpoint('cannot-start', 'a pid file that a power cut left is no reason'),
      endpoint('cannot-start', 'a folder it may not read, or damaged files, are told, and the folder stays as it is'),
    ],
  },
  100: {
    fault: 'unsafe PostgreSQL settings',
    tests: [endpoint('restart', 'PostgreSQL without fsync, without full pages, or confirming before it is on disk')],
  },
};
