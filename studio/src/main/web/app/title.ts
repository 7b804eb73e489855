import { jobs } from '../base/jobs.ts';

/** Says in the tab's title how far the jobs are: "40 % · Create · OurVidz". */
export function showProgressInTitle(): void {
  jobs.addEventListener('change', () => {
    const open = jobs.open();
    const plain = document.title.replace(/^\d+ %( of \d+)? · /, '');
    const done = open.reduce((sum, job) => sum + (job.progress ?? 0), 0) / Math.max(1, open.length);
    const among = open.length > 1 ? ` of ${open.length}` : '';
    document.title = open.length ? `${Math.floor(done)} %${among} · ${plain}` : plain;
  });
}
