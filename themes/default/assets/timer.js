/* The timer of an agenda: large digits for whoever keeps the time.

What the page holds (every word that people see is in the page, none in here):
  <button id="timer-start" hidden>: shown where this script runs; opens the timer.
  [data-step] with data-seconds and a [data-name] inside, in order: a turn, or a part of the call without turns.
    data-part says what part it belongs to.
  <dialog id="timer">, which lacks nothing of: #timer-part, #timer-name, #timer-left (the digits), #timer-then (data-words with
    {name}), #timer-said (a live region; data-soon with {seconds}, data-over), and the buttons #timer-back,
    #timer-pause (data-pause, data-resume), #timer-next, #timer-sound (aria-pressed) and #timer-close.
Space pauses, the arrow keys lead to the step before and after, Escape closes; closing pauses. The state outlives a
reload of the page in this tab. Nothing is sent or loaded; there is no sound unless somebody asks for it. */
(() => {
  "use strict";
  const get = (name) => document.getElementById("timer-" + name);
  const dialog = document.getElementById("timer"), start = get("start");
  const steps = [...document.querySelectorAll("[data-step]")].map((element) => ({
    part: element.dataset.part,
    name: element.querySelector("[data-name]").textContent.trim(),
    seconds: Number(element.dataset.seconds),
  }));
  if (!dialog?.showModal || !steps.length) return;

  const SOON = 15, KEY = "timer " + location.pathname;
  const left = get("left"), said = get("said"), pause = get("pause"), sound = get("sound");
  const forwards = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight", back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  let at = 0, remaining = steps[0].seconds, ends = null, ticking, warned = false, over = false, audio, lock;

  /* Seconds that are left, below zero when time is up. */
  const now = () => ends === null ? remaining : (ends - Date.now()) / 1000;

  function clock(seconds) {
    const whole = Math.abs(seconds < 0 ? Math.floor(seconds) : Math.ceil(seconds));
    return (seconds < 0 ? "\u2212" : "") + Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  }

  function beep(pitch) {
    if (sound.getAttribute("aria-pressed") !== "true") return;
    const tone = audio.createOscillator(), volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(.2, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(.001, audio.currentTime + .6);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + .6);
  }

  function show() {
    const seconds = now(), step = steps[at], then = steps[at + 1];
    left.textContent = clock(seconds);
    dialog.classList.toggle("soon", seconds <= SOON && seconds >= 0);
    dialog.classList.toggle("over", seconds < 0);
    if (seconds <= SOON && seconds > 0 && !warned && step.seconds > SOON) {
      warned = true;
      said.textContent = said.dataset.soon.replace("{seconds}", SOON);
      beep(660);
    }
    if (seconds < 0 && !over) {
      over = true;
      said.textContent = said.dataset.over;
      beep(440);
    }
    get("part").textContent = step.part;
    get("name").textContent = step.name;
    get("then").textContent = then ? get("then").dataset.words.replace("{name}", then.name) : "";
    get("back").disabled = !at;
    get("next").disabled = !then;
    pause.textContent = ends === null ? pause.dataset.resume : pause.dataset.pause;
  }

  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ at, left: now() }));
    } catch { /* Without storage it begins again after a reload. */ }
  }

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock?.request("screen");
    } catch { /* The screen may go dark; the time goes on. */ }
  }

  function run(runs) {
    const seconds = now();
    ends = runs ? Date.now() + seconds * 1000 : null;
    remaining = seconds;
    clearInterval(ticking);
    if (runs) {
      ticking = setInterval(() => { show(); keep(); }, 200);
      stayAwake();
    } else {
      lock?.release();
      lock = null;
    }
    show();
    keep();
  }

  function go(to) {
    if (!steps[to]) return;
    const runs = ends !== null;
    [at, remaining, ends] = [to, steps[to].seconds, null];
    warned = over = false;
    said.textContent = steps[at].name;
    run(runs);
  }

  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (steps[kept?.at] && Number.isFinite(kept.left)) [at, remaining] = [kept.at, kept.left];
  } catch { /* Nothing was kept. */ }

  start.hidden = false;
  start.addEventListener("click", () => {
    dialog.showModal();
    pause.focus();
    run(true);
  });
  dialog.addEventListener("close", () => { run(false); start.focus(); });
  pause.addEventListener("click", () => run(ends === null));
  get("next").addEventListener("click", () => go(at + 1));
  get("back").addEventListener("click", () => go(at - 1));
  get("close").addEventListener("click", () => dialog.close());
  sound.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", on);
    if (on) {
      audio ??= new AudioContext();
      audio.resume();
      beep(660);
    }
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && ends !== null) stayAwake(); });
  dialog.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { [forwards]: at + 1, [back]: at - 1 }[event.key];
    if (to !== undefined) go(to);
    else if (event.key === " " && event.target === dialog) run(ends === null);
    else return;
    event.preventDefault();
  });
})();
