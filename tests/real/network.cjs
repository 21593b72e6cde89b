// Bluesky's own servers on this machine: `network.cjs PORT` starts a personal data server with its directory,
// `network.cjs PORT POSTGRES_URL` the view of the whole network as well. LIMITS=1 makes it count requests.
const [port, postgres] = process.argv.slice(2);
const { TestNetwork, TestNetworkNoAppView } = require('@atproto/dev-env');
const pds = {
  port: Number(port),
  hostname: 'localhost',
  enableDidDocWithSession: true,
  rateLimitsEnabled: process.env.LIMITS === '1',
};
const started = postgres
  ? TestNetwork.create({ dbPostgresUrl: postgres, dbPostgresSchema: 't', pds, bsky: { dbPostgresSchema: 'bsky' } })
  : TestNetworkNoAppView.create({ pds });
started.then(
  (network) => {
    process.on('SIGTERM', () => network.close().finally(() => process.exit(0)));
    console.log('ready');
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
