// `npx booking-widget <command> [options]`. Options come from flags, then the environment, then a file.
import { parseArgs } from 'node:util';
import { BadOptions } from './index.js';
import { COMMON_FLAGS, readConfiguration, type Flags } from './commands/configuration.js';

interface Command {
  /** One line for the help. */
  readonly about: string;
  readonly load: () => Promise<{ run: (flags: Flags) => Promise<void> }>;
}

/** A line for each command; it is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, Command>> = {
  report: {
    about: 'prints what visitors felt in the last hour: --since 24h, --json',
    load: () => import('./commands/report.js'),
  },
  serve: { about: 'answers over HTTP until it is stopped', load: () => import('./commands/serve.js') },
  sync: {
    about: 'reads the bookings of your accounts; goes on where it was interrupted',
    load: () => import('./commands/sync.js'),
  },
  warm: { about: 'fetches popular event types ahead, slowly', load: () => import('./commands/warm.js') },
};

const help = (): string => {
  const flags = Object.entries(COMMON_FLAGS).map(
    ([name, { about, variable }]) => `  --${name.padEnd(14)} ${about} (${variable})`,
  );
  const commands = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(16)} ${about}`);
  return ['npx booking-widget <command> [options]', '', ...commands, '', ...flags, ''].join('\n');
};

async function main(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const asked = /^(|help|-h|--help)$/.test(name);
    process[asked ? 'stdout' : 'stderr'].write(
      asked ? help() : `There is no command "${name}".\n\n${help()}`,
    );
    return asked ? 0 : 2;
  }
  try {
    const options = Object.fromEntries(
      Object.entries(COMMON_FLAGS).map(([flag, { type }]) => [flag, { type }]),
    );
    const { values } = parseArgs({ args: [...rest], options });
    const { run } = await command.load();
    await run(await readConfiguration(values, process.env));
    return 0;
  } catch (cause) {
    const mistaken =
      cause instanceof BadOptions || String((cause as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
    const message = cause instanceof Error ? cause.message : String(cause);
    process.stderr.write(
      `booking-widget ${name}: ${message.replaceAll('\n', `\nbooking-widget ${name}: `)}\n`,
    );
    return mistaken ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
