// Calendars as another program reads them: a parser that is not ours unfolds the series over two years, and the clocks
// that Node.js knows say when each call should be.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import ICAL from 'ical.js';
import { build, sample, siteOf } from './site.mjs';

/** The events of a calendar, and its series unfolded up to a day. */
async function read(folder, end) {
  const text = await readFile(join(folder, 'calls.ics'), 'utf8');
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  const starts = [];
  for (const event of events.filter((event) => event.isRecurring())) {
    const all = event.iterator();
    for (let next = all.next(); next && next.toJSDate() < end; next = all.next()) starts.push(next.toJSDate());
  }
  return { text, events, starts };
}

/** The last Wednesday of a month, as year, month from 1, day. */
function lastWednesday(year, month) {
  const last = new Date(Date.UTC(year, month, 0));
  last.setUTCDate(last.getUTCDate() - ((last.getUTCDay() + 4) % 7));
  return last.toISOString().slice(0, 10);
}

/** What the clocks of a zone show at a moment. */
function clock(zone, moment) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(moment);
}

const series = (zone, more = '') => `title: Calls
base_url: https://calls.example/
calls: {id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: "17:30", time_zone: ${zone}${more}}
`;

for (const zone of [
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'Australia/Sydney',
  'Asia/Kolkata',
  'UTC',
]) {
  it(`the series is at half past five in ${zone}, summer and winter, for two years`, async () => {
    const folder = await build(await siteOf({ 'site.yaml': series(zone) }));
    const { starts } = await read(folder, new Date('2028-11-22T00:00:00Z'));
    const months = Array.from({ length: 24 }, (_, at) => [2026 + Math.floor((10 + at) / 12), ((10 + at) % 12) + 1]);
    const expected = months.map(([year, month]) => `${lastWednesday(year, month)} 17:30`);
    assert.deepEqual(
      starts.map((start) => clock(zone, start)),
      expected,
    );
  });
}

it('a call with a file takes the place of the day that it stands for', async () => {
  const call = (start, status) => `---\nseries: monthly\nstart: ${start}\nstatus: ${status}\n---\n`;
  const files = {
    'site.yaml': series('Europe/London'),
    'content/calls/a.md': call('2026-10-28T17:30', 'held'),
    // November is moved by a day, December cancelled, and January not written yet; February has its day.
    'content/calls/b.md': call('2026-11-26T18:00', 'planned'),
    'content/calls/c.md': call('2026-12-30T17:30', 'cancelled'),
    'content/calls/d.md': call('2027-02-24T17:30', 'planned'),
  };
  const { events, starts } = await read(await build(await siteOf(files)), new Date('2027-05-01T00:00:00Z'));
  const days = starts.map((start) => clock('Europe/London', start));
  assert.deepEqual(days, ['2027-01-27 17:30', '2027-03-31 17:30', '2027-04-28 17:30']);
  const single = events.filter((event) => !event.isRecurring());
  const stated = single.map((event) => [
    clock('Europe/London', event.startDate.toJSDate()),
    event.component.getFirstPropertyValue('status'),
  ]);
  assert.deepEqual(stated.sort(), [
    ['2026-10-28 17:30', 'CONFIRMED'],
    ['2026-11-26 18:00', 'CONFIRMED'],
    ['2026-12-30 17:30', 'CANCELLED'],
    ['2027-02-24 17:30', 'CONFIRMED'],
  ]);
});

it('a series that moves, gets another name and ends is the same one in a calendar, and newer', async () => {
  const held = `---
series: monthly
start: 2026-10-28T17:30
time_zone: Europe/London
duration: 90m
minutes: {about: 2, needs: 2, offers: 2}
status: held
---
`;
  const days = async (settings) => {
    const files = { 'site.yaml': settings, 'content/calls/a.md': held };
    const { events, starts } = await read(await build(await siteOf(files)), new Date('2028-01-01T00:00:00Z'));
    const of = (event) => [event.uid, event.component.getFirstPropertyValue('sequence')];
    const [single, coming] = [false, true].map((is) => events.find((event) => event.isRecurring() === is));
    const moment = clock('Europe/London', single.startDate.toJSDate());
    return { series: of(coming), held: moment, starts: starts.map((start) => clock('Europe/London', start)) };
  };
  const before = await days(series('Europe/London'));
  assert.equal(before.starts.length, 14);
  const changed = series('America/New_York', ', aliases: [monthly], until: 2027-02-28, updated: 2026-11-22');
  const after = await days(changed.replace('id: monthly', 'id: assembly'));
  assert.deepEqual(after.starts, ['2026-11-25 22:30', '2026-12-30 22:30', '2027-01-27 22:30', '2027-02-24 22:30']);
  assert.equal(after.series[0], before.series[0]);
  assert.ok(after.series[1] > before.series[1], `${after.series} is newer than ${before.series}`);
  assert.deepEqual([before.held, after.held], ['2026-10-28 17:30', '2026-10-28 17:30']);
});

it('the series of the sample goes on after the last call that is planned', async () => {
  const { text, events, starts } = await read(await sample(), new Date('2027-04-01T00:00:00Z'));
  assert.deepEqual(
    starts.map((start) => clock('Europe/London', start)),
    ['2027-01-27 16:00', '2027-02-24 16:00', '2027-03-31 16:00'],
  );
  assert.equal(events.length, 6);
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(!/[^\r]\n/.test(text), 'every line ends as RFC 5545 asks');
});
