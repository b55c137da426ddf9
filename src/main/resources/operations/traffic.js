// What each route has done between two looks at the overview, and each route file with it.

/**
 * Exchanges a second, failures and exchanges under way.
 *
 * @param before the look before, or null
 * @returns {{routes: Map, stages: Map}} by route id, and by the name of the route file
 */
export function traffic(now, before) {
  const routes = rates(now, before);
  const stages = new Map(now.stages.map((stage) => {
    const mine = stage.routes.map((id) => routes.get(id)).filter(Boolean);
    const sum = (field) => mine.reduce((all, one) => all + one[field], 0);
    return [stage.name, { perSecond: Math.round(10 * Math.max(0, ...mine.map((one) => one.perSecond))) / 10,
      failed: sum("failedNow"), inflight: sum("inflight") }];
  }));
  return { routes, stages };
}

function rates(now, before) {
  const seconds = before ? (Date.parse(now.at) - Date.parse(before.at)) / 1000 : 0;
  const earlier = new Map((before?.routes ?? []).map((one) => [one.route, one]));
  return new Map(now.routes.map((one) => {
    const last = earlier.get(one.route);
    const grown = last && seconds > 0 && one.exchanges >= last.exchanges;
    return [one.route, {
      ...one, perSecond: grown ? Math.round(10 * (one.exchanges - last.exchanges) / seconds) / 10 : 0,
      failedNow: last ? Math.max(0, one.failed - last.failed) : 0,
    }];
  }));
}
