/* The timer of an agenda: large digits for whoever keeps the time.

What the page holds (every word that people see is in the page, none in here):
  <button id="timer-start" hidden>: shown where this script runs; opens the timer.
  [data-step] with data-seconds and a [data-name] inside, in order: a turn, or a part of the call without turns.
    data-part says what part it belongs to.
  <dialog id="timer">, which lacks nothing of: #timer-part, #timer-name, #timer-left (the digits), #timer-then
    (data-words with {name}), #timer-said (a live region; data-soon with {seconds}, data-over), and the buttons
    #timer-back, #timer-pause (data-pause, data-resume), #timer-next, #timer-sound (aria-pressed) and #timer-close.
Space pauses, the arrow keys lead to the step before and after, Escape closes; closing pauses. The state outlives a
reload of the page in this tab. Nothing is sent or loaded; there is no sound unless somebody asks for it. */
(() => {
  'use strict';

  /**
   * A part of the page, by its id.
   * @param {string} name
   * @returns {any}
   */
  const get = (name) => document.getElementById(`timer-${name}`);

  /** @type {HTMLDialogElement | null} */
  const found = document.querySelector('dialog#timer');
  /** @type {NodeListOf<HTMLElement>} */
  const turns = document.querySelectorAll('[data-step]');
  const steps = [...turns].map((element) => ({
    part: element.dataset.part ?? '',
    name: (element.querySelector('[data-name]')?.textContent ?? '').trim(),
    seconds: Number(element.dataset.seconds),
  }));
  if (!found?.showModal || !steps.length) return;
  const dialog = found;

  const SOON = 15;
  const KEY = `timer ${location.pathname}`;
  /** @type {HTMLButtonElement} */
  const start = get('start');
  /** @type {HTMLElement} */
  const left = get('left');
  /** @type {HTMLElement} */
  const then = get('then');
  /** @type {HTMLElement} */
  const said = get('said');
  /** @type {HTMLButtonElement} */
  const pause = get('pause');
  /** @type {HTMLButtonElement} */
  const sound = get('sound');
  const [forwards, back] = document.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];

  let at = 0;
  let remaining = steps[0].seconds;
  /** @type {number | null} */
  let ends = null;
  /** @type {number | undefined} */
  let ticking;
  let warned = false;
  let over = false;
  /** @type {AudioContext | undefined} */
  let audio;
  /** @type {WakeLockSentinel | null | undefined} */
  let lock;

  /** Seconds that are left, below zero when time is up. */
  const now = () => (ends === null ? remaining : (ends - Date.now()) / 1000);

  /** @param {number} seconds */
  function clock(seconds) {
    const whole = Math.abs(seconds < 0 ? Math.floor(seconds) : Math.ceil(seconds));
    const minutes = Math.floor(whole / 60);
    return `${seconds < 0 ? '\u2212' : ''}${minutes}:${String(whole % 60).padStart(2, '0')}`;
  }

  /** @param {number} pitch */
  function beep(pitch) {
    if (!audio || sound.getAttribute('aria-pressed') !== 'true') return;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.6);
  }

  /**
   * Says aloud, once each, that little time is left and that it is over.
   * @param {number} seconds
   */
  function warn(seconds) {
    if (seconds <= SOON && seconds > 0 && !warned && steps[at].seconds > SOON) {
      warned = true;
      said.textContent = (said.dataset.soon ?? '').replace('{seconds}', String(SOON));
      beep(660);
    }
    if (seconds < 0 && !over) {
      over = true;
      said.textContent = said.dataset.over ?? '';
      beep(440);
    }
  }

  function show() {
    const seconds = now();
    const step = steps[at];
    const next = steps[at + 1];
    left.textContent = clock(seconds);
    dialog.classList.toggle('soon', seconds <= SOON && seconds >= 0);
    dialog.classList.toggle('over', seconds < 0);
    warn(seconds);
    get('part').textContent = step.part;
    get('name').textContent = step.name;
    then.textContent = next ? (then.dataset.words ?? '').replace('{name}', next.name) : '';
    get('back').disabled = !at;
    get('next').disabled = !next;
    pause.textContent = (ends === null ? pause.dataset.resume : pause.dataset.pause) ?? '';
  }

  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ at, left: now() }));
    } catch {
      // Without storage it begins again after a reload.
    }
  }

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock?.request('screen');
    } catch {
      // The screen may go dark; the time goes on.
    }
  }

  /** @param {boolean} runs */
  function run(runs) {
    const seconds = now();
    ends = runs ? Date.now() + seconds * 1000 : null;
    remaining = seconds;
    clearInterval(ticking);
    if (runs) {
      ticking = setInterval(() => {
        show();
        keep();
      }, 200);
      stayAwake();
    } else {
      lock?.release();
      lock = null;
    }
    show();
    keep();
  }

  /** @param {number} to */
  function go(to) {
    if (!steps[to]) return;
    const runs = ends !== null;
    at = to;
    remaining = steps[to].seconds;
    ends = null;
    warned = false;
    over = false;
    said.textContent = steps[at].name;
    run(runs);
  }

  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (steps[kept?.at] && Number.isFinite(kept.left)) {
      at = kept.at;
      remaining = kept.left;
    }
  } catch {
    // Nothing was kept.
  }

  start.hidden = false;
  start.addEventListener('click', () => {
    dialog.showModal();
    pause.focus();
    run(true);
  });
  dialog.addEventListener('close', () => {
    run(false);
    start.focus();
  });
  pause.addEventListener('click', () => run(ends === null));
  get('next').addEventListener('click', () => go(at + 1));
  get('back').addEventListener('click', () => go(at - 1));
  get('close').addEventListener('click', () => dialog.close());
  sound.addEventListener('click', () => {
    const on = sound.getAttribute('aria-pressed') !== 'true';
    sound.setAttribute('aria-pressed', String(on));
    if (!on) return;
    audio ??= new AudioContext();
    audio.resume();
    beep(660);
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && ends !== null) stayAwake();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === forwards) go(at + 1);
    else if (event.key === back) go(at - 1);
    else if (event.key === ' ' && event.target === dialog) run(ends === null);
    else return;
    event.preventDefault();
  });
})();
