// `npx booking-widget-companion <command> [options]`. Options come from flags, then the environment, then a file.
import { missingPackage } from './missing-package.js';
import { VERSION } from '../version.js';
import { readConfiguration, type Flags } from './commands/configuration.js';
import { endSoon } from './commands/end-in-time.js';
import { COMMON_FLAGS, flagLines, readFlags, type FlagTable } from './commands/flags.js';
import { misspeltVariables } from './commands/misspelt-variables.js';
import { BadOptions } from './options.js';

interface CommandModule {
  readonly run: (flags: Flags) => Promise<void>;
  /** What it understands besides what all commands do. */
  readonly flags?: FlagTable;
}

interface Command {
  /** One line for the help. */
  readonly about: string;
  readonly load: () => Promise<CommandModule>;
}

/** A line for each command; it is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, Command>> = {
  backup: {
    about: 'copies the embedded store into a file, also while companions use it',
    load: () => import('./commands/backup.js'),
  },
  doctor: {
    about: 'says what is wrong with configuration, store and accounts',
    load: () => import('./commands/doctor.js'),
  },
  purge: {
    about: 'makes companions forget stored slots of an event type, a host, or all',
    load: () => import('./commands/purge.js'),
  },
  report: { about: 'prints what visitors felt', load: () => import('./commands/report.js') },
  serve: { about: 'answers over HTTP until it is stopped', load: () => import('./commands/serve.js') },
  sync: {
    about: 'reads the bookings of your accounts; goes on where it was interrupted',
    load: () => import('./commands/sync.js'),
  },
  'webhooks test': {
    about: 'sends the running companion a signed delivery and follows it to its end',
    load: () => import('./commands/webhooks-test.js'),
  },
  warm: { about: 'fetches popular event types ahead, slowly', load: () => import('./commands/warm.js') },
};

const help = (): string =>
  [
    'npx booking-widget-companion <command> [options]',
    '',
    ...Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(16)} ${about}`),
    '',
    'Every command understands these; `<command> --help` shows what it understands besides.',
    '',
    ...flagLines(COMMON_FLAGS),
    '',
  ].join('\n');

const helpOf = (name: string, { about }: Command, own: FlagTable): string =>
  [
    `npx booking-widget-companion ${name} [options]`,
    '',
    `  ${about}`,
    '',
    ...flagLines(own),
    ...flagLines(COMMON_FLAGS),
    '',
  ].join('\n');

function say(command: string, lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`booking-widget ${command}: ${line}\n`);
}

async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  try {
    const { run, flags = {} } = await command.load();
    const values = readFlags(args, flags);
    if (values['help'] || values['version'])
      process.stdout.write(values['help'] ? helpOf(name, command, flags) : `${VERSION}\n`);
    else {
      say(name, misspeltVariables(process.env, flags));
      await run(await readConfiguration(values, process.env, flags));
    }
    return 0;
  } catch (cause) {
    // A package that was left out is named by the command that needs it.
    if (missingPackage(cause) !== undefined) throw cause;
    const isMistake =
      cause instanceof BadOptions || String((cause as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
    const message = cause instanceof Error ? cause.message : String(cause);
    say(name, message.split('\n'));
    return isMistake ? 2 : 1;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const [name = ''] = args;
  // `webhooks test` is a name of two words.
  for (const words of [2, 1]) {
    const full = args.slice(0, words).join(' ');
    const command = Object.hasOwn(COMMANDS, full) ? COMMANDS[full] : undefined;
    if (command) return runCommand(full, command, args.slice(words));
  }
  if (/^(-v|--version|version)$/.test(name)) {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const wantsHelp = /^(|help|-h|--help)$/.test(name);
  process[wantsHelp ? 'stdout' : 'stderr'].write(
    wantsHelp ? help() : `There is no command "${name}".\n\n${help()}`,
  );
  return wantsHelp ? 0 : 2;
}

endSoon(await main(process.argv.slice(2)));
