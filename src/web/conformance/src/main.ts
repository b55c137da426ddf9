import { parseArgs } from 'node:util';
import { RealClock } from './clock.ts';
import { asJson, asText, broken } from './report.ts';
import { RULES, type RuleId } from './rules.ts';
import { run } from './run.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Scenario } from './stage.ts';

const HELP = `A scripted hub: point a client at it, and it tells what the client does right and wrong.

  node conformance.mjs [options]

  --port N         where it listens (default 8099; 0: any that is free)
  --host ADDRESS   on which address (default 127.0.0.1; 0.0.0.0 for a phone in the same network)
  --scenario NAME  all (default), or one or several with commas between them
  --clients N      how many clients, or tabs with a socket each, you start (default 1)
  --wait SECONDS   how long it waits for the client to come (default 120)
  --speed N        the script in so much less time; only for a client whose own clock and timers run so much faster
  --json           the result as JSON on standard output, all else on standard error
  --list           the scenarios and the rules, and nothing else

Exit code 0: no rule of level "must" is broken; 1: one is; 2: no client came, or an option is wrong.`;

class Wrong extends Error {}

function parsed() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8099' },
        host: { type: 'string', default: '127.0.0.1' },
        scenario: { type: 'string', default: 'all' },
        clients: { type: 'string', default: '1' },
        wait: { type: 'string', default: '120' },
        speed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values as Record<'port' | 'host' | 'scenario' | 'clients' | 'wait' | 'speed', string> &
      Record<'json' | 'list' | 'help', boolean>;
  } catch (error) {
    throw new Wrong((error as Error).message);
  }
}

function options() {
  const values = parsed();
  const number = (name: 'port' | 'clients' | 'wait' | 'speed', least: number, most: number) => {
    const value = Number(values[name]);
    if (!(value >= least && value <= most) || (name !== 'speed' && !Number.isInteger(value))) {
      throw new Wrong(`--${name} ${values[name]}: a number from ${least} to ${most} is wanted`);
    }
    return value;
  };
  return {
    ...values,
    port: number('port', 0, 65_535),
    clients: number('clients', 1, 10),
    wait: number('wait', 1, 86_400),
    speed: number('speed', 1, 50),
    scenarios: values.scenario === 'all' ? SCENARIOS : values.scenario.split(',').map(scenarioOf),
  };
}

function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (!found) {
    throw new Wrong(`--scenario ${name}: there are all, ${SCENARIOS.map((other) => other.name).join(', ')}`);
  }
  return found;
}

function list(): string {
  const scenarios = SCENARIOS.map(
    ({ name, title, seconds, rules }) => `${name} (about ${seconds} s): ${title}\n    ${rules.join(', ')}`,
  );
  const rules = (Object.keys(RULES) as RuleId[]).map((id) => `${id} (${RULES[id].level}): a client ${RULES[id].good}`);
  return `Scenarios\n  ${scenarios.join('\n  ')}\n\nRules\n  ${rules.join('\n  ')}`;
}

async function main(): Promise<number> {
  const { json, scenarios, port, host, speed, clients, wait, ...values } = options();
  if (values.help || values.list) {
    console.log(values.help ? HELP : list());
    return 0;
  }
  const say = json ? console.error : console.log;
  const seconds = scenarios.reduce((sum, scenario) => sum + scenario.seconds, 0) / speed;
  const result = await run({
    scenarios,
    port,
    host,
    clock: new RealClock(speed),
    clients,
    wait: wait * speed,
    opened(hub) {
      say(`The scripted hub is at ${hub.url}; about ${Math.ceil(seconds / 60)} min.

  REST       ${hub.url}/api/notifications/
  WebSocket  ${hub.url.replace('http', 'ws')}/ws/notifications/
  token      ${hub.token}
  tokens     GET ${hub.url}/conformance/token, a fresh one with ?fresh=1: {"access": "…"}
  state      POST ${hub.url}/conformance/state {"unread": 3, "ids": [103]}, if the client can say what it shows

${host === '0.0.0.0' ? 'From another device: the address of this machine in place of localhost.\n' : ''}Point ${clients === 1 ? 'one client' : `${clients} clients`} at it now. Waiting …`);
    },
    begins: (scenario, skipped) =>
      say(`\n${scenario.name}: ${skipped || `${scenario.title}, about ${Math.ceil(scenario.seconds / speed)} s`}`),
    found: (id, verdict, seen) =>
      say(`  ${verdict === 'kept' ? 'right  ' : verdict === 'broken' ? 'WRONG  ' : 'unseen '} ${id}: ${seen}`),
  });
  if (json) {
    console.log(asJson(result));
  } else if (result.came) {
    console.log(asText(result));
  }
  if (!result.came) {
    console.error(`No client came within ${wait} s.`);
    return 2;
  }
  return broken(result, 'must').length ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!(error instanceof Wrong || code)) {
      throw error;
    }
    console.error(code === 'EADDRINUSE' ? `${message}; choose another one with --port` : `${message}\nSee --help.`);
    process.exit(2);
  },
);
