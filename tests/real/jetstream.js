// A real Bluesky PDS, whose own firehose is read by Bluesky's library and sent on in the words of a Jetstream of the first
// version: `node jetstream.js PORT`, with NODE_PATH at the packages. The PDS and the stream are Bluesky's; the last step, from event to frame, is
// written here. Besides `/subscribe` the port answers to GET:
//   /post?text=…            writes a post; answers with its key
//   /edit?key=…&text=…      writes another text under the same key
//   /delete?key=…           deletes it
//   /readers                how many read the stream
//   /drop                   ends every connection of the stream, without a word
const http = require('node:http');
const { WebSocketServer } = require('ws');
const { TestNetworkNoAppView } = require('@atproto/dev-env');
const { Firehose, MemoryRunner } = require('@atproto/sync');

const COLLECTION = 'app.bsky.feed.post';
const port = Number(process.argv[2]);

async function main() {
  const network = await TestNetworkNoAppView.create({});
  const agent = network.pds.getClient();
  await agent.createAccount({ handle: 'resident.test', email: 'resident@example.org', password: 'hunter2-hunter2' });

  const frames = [];
  const readers = new Set();
  let last = 0;
  const tell = (event) => {
    // Moments never repeat, as on the real server.
    last = Math.max(last + 1, Date.now() * 1000);
    const frame = { time: last, text: JSON.stringify({ ...event, time_us: last }) };
    frames.push(frame);
    for (const reader of readers) reader.send(frame.text);
  };
  const firehose = new Firehose({
    service: network.pds.url.replace('http', 'ws'),
    idResolver: network.pds.ctx.idResolver,
    unauthenticatedCommits: true,
    unauthenticatedHandles: true,
    runner: new MemoryRunner({ startCursor: 0 }),
    onError: (error) => console.error(error),
    handleEvent: (event) => {
      if (event.event === 'identity' || event.event === 'account') {
        tell({ did: event.did, kind: event.event, [event.event]: { did: event.did, seq: event.seq, time: event.time } });
      } else if (event.collection === COLLECTION) {
        const { rev, collection, rkey, record, cid } = event;
        const commit = { rev: String(rev), operation: event.event, collection, rkey, record, cid: cid && String(cid) };
        tell({ did: event.did, kind: 'commit', commit });
      }
    },
  });
  firehose.start();

  const did = agent.session.did;
  const record = (text) => ({ $type: COLLECTION, text, langs: ['en'], createdAt: new Date().toISOString() });
  const asked = {
    '/post': async ({ text }) => {
      const input = { repo: did, collection: COLLECTION, record: record(text) };
      const made = await agent.com.atproto.repo.createRecord(input);
      return made.data.uri.split('/').pop();
    },
    '/edit': async ({ key, text }) => {
      await agent.com.atproto.repo.putRecord({ repo: did, collection: COLLECTION, rkey: key, record: record(text) });
    },
    '/delete': async ({ key }) => {
      await agent.com.atproto.repo.deleteRecord({ repo: did, collection: COLLECTION, rkey: key });
    },
    '/readers': async () => String(readers.size),
    '/drop': async () => {
      for (const reader of readers) reader.terminate();
    },
  };
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    try {
      const answer = await asked[url.pathname](Object.fromEntries(url.searchParams));
      response.end(answer ?? '');
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  const stream = new WebSocketServer({ server, path: '/subscribe' });
  stream.on('connection', (socket, request) => {
    const cursor = Number(new URL(request.url, 'http://localhost').searchParams.get('cursor') ?? Infinity);
    for (const frame of frames) if (frame.time >= cursor) socket.send(frame.text);
    readers.add(socket);
    socket.on('close', () => readers.delete(socket));
    // A reader that sends anything breaks the protocol.
    socket.on('message', () => socket.close(1008));
  });
  server.listen(port, '127.0.0.1');
  process.on('SIGTERM', async () => {
    await firehose.destroy();
    await network.close();
    process.exit(0);
  });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
