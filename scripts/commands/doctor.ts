import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import type { Finding } from '../../contract/run/preflight/clocks.ts';
import { type CommandContext, withConnectionFlags } from '../config/flags.ts';
import { printJson, processTerminal } from '../terminal.ts';

const colours = { ok: 'green', missing: 'yellow', wrong: 'red' } as const;

/**
 * `bindgate doctor`: checks what is installed, and the target if flags or a configuration name one.
 * Exit code 3 if the gate would miss something.
 */
export function addDoctor(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  const command = program
    .command('doctor')
    .description('check the installed tools; with a target: which states are missing, and which codes they would cover')
    .option('--get', 'install k6 now: download it, or build it with Go')
    .option('--url <url>', "base URL of a server to check; the operation's path is appended")
    .option('--states <url>', 'provider states endpoint');
  withConnectionFlags(command)
    .option('--json', 'print only the findings as JSON on standard output')
    .action(async (flags) => {
      const { ensureK6, k6Places } = await import('../../load/run/k6-binary.ts');
      const { loadConfig } = await import('../config/config.ts');
      const { installed } = await import('../setup/doctor/installed.ts');
      const { targetFindings } = await import('../setup/doctor/check-target.ts');
      const { note, out, style } = processTerminal(flags.json);
      const found: Finding[] = [];
      const add = (findings: readonly Finding[]): void => {
        found.push(...findings);
        if (flags.json === true) return;
        for (const { name, state, says } of findings)
          out(`${style(colours[state], state.padEnd(7))}  ${name.padEnd(9)} ${inert(says, 4_000)}`);
      };
      const places = k6Places((text) => note(`bindgate: ${inert(text, 1_000)}`), signal);
      if (flags.get === true) await ensureK6(places);
      add(await installed(places));
      const loaded = await loadConfig(flags);
      if ([flags.url, flags.states, flags.config, loaded.config.url].some((named) => named !== undefined)) {
        add(await targetFindings(flags, loaded, chosen, signal));
      }
      if (flags.json === true) {
        const findings = found.map(({ name, state, says }) => ({ name, state, says }));
        printJson({ findings });
      }
      end(found.some(({ state, blocks }) => state !== 'ok' && blocks === true) ? 3 : 0);
    });
}
