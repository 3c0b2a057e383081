/** The k6 script of a load of an operation that is data: the engine sends and counts, and this fills in the dk. */
import { handleSummary, making, options, presigned as sendRow } from '../../k6/send.ts';
import { deviceKey, dkPlace, type Template } from '../template.ts';

export const signed = making((workload, run, number) => {
  const templates = workload.material as Readonly<Record<string, Template>>;
  const { method = 'GET', path = '', target = '', body = '' } = templates[workload.name] ?? {};
  const dk = deviceKey(run, number);
  const base = workload.url.slice(0, workload.url.length - path.length);
  return { method, url: base + target.replace(dkPlace, dk), body: body.replace(dkPlace, dk) };
});
// Not a re-export: k6 looks it up for every request, and would go through all files that export it.
export const presigned = sendRow;
export { handleSummary, options };
