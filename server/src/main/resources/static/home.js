// Shows the caller's jobs. Everything that came from a user is set as text, never as markup.
const state = document.getElementById('state');
const list = document.getElementById('jobs');

function show(job) {
  const item = document.createElement('li');
  const progress = job.status === 'processing' ? ` ${job.progress} %` : '';
  item.append(`${job.job_type}: ${job.status}${progress}. ${job.metadata.prompt ?? ''}`);
  for (const url of job.assets) {
    if (new URL(url).pathname.startsWith('/files/') && !job.job_type.includes('video')) {
      const image = document.createElement('img');
      image.src = url;
      image.alt = job.metadata.prompt ?? '';
      item.append(image);
    }
  }
  return item;
}

async function refresh() {
  const answer = await fetch('/api/jobs');
  if (answer.status === 401) {
    state.textContent = 'The platform is running. Open the sign-in link that it printed.';
    return;
  }
  const { jobs } = await answer.json();
  list.replaceChildren(...jobs.map(show));
  setTimeout(refresh, 3000);
}

refresh();
