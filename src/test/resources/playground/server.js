// The page's own server, and the hub as an administrator may ask it.

/** Errors: Error with a sentence for the reader. */
async function answered(request, who) {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Error(`${who} does not answer; it is asked again.`);
  }
  const body = answer.status === 204 ? null : await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(body?.detail ?? `${who} answered ${answer.status}.`), { status: answer.status });
  }
  return body;
}

const OWN = "The playground";

export const state = (ticket) => answered(fetch("/state" + (ticket ? `?ticket=${ticket}` : "")), OWN);

export const post = (path, body) => answered(fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}),
}), OWN);

export const remove = (path) => answered(fetch(path, { method: "DELETE" }), OWN);

/** The hub's calls for operators, with a token that this page's server makes for this page. */
export function operator(hub, person) {
  let token = "";
  const renew = async () => {
    token = (await answered(fetch(`/token/${person}`), OWN)).access;
  };
  const call = (path) => answered(fetch(`${hub}/api/admin/${path}`, { headers: { Authorization: `Bearer ${token}` } }), "The hub");
  return async (path) => {
    if (!token) {
      await renew();
    }
    try {
      return await call(path);
    } catch (problem) {
      if (problem.status !== 401) {
        throw problem;
      }
      await renew();
      return call(path);
    }
  };
}
