//! What a pad says of things to be done: who does them now, until when, and that they were dropped.

use super::pads::{folder, record};
use super::site::{Folder, Run};

const CALL: &str = "content/calls/2026-11.md";

/// A call with an action that an earlier one left open, and one of another coop with the same words.
fn carried() -> Folder {
    let folder = folder();
    let actions = "actions:\n\
         - {id: minutes-2026-09, what: Write the minutes, who: bolete, due: 2026-09-30}\n\
         - {id: minutes-2026-10, what: Write the minutes, who: cep-credit, due: 2026-10-30}\n\
         - {id: photos-2026-10, what: Send photos, who: bolete, due: 2026-10-31}\n---\n";
    let before = "---\nseries: monthly\nstart: 2026-10-21T16:00\nstatus: held\n";
    folder.write("content/calls/2026-10.md", format!("{before}{actions}"));
    folder.write(CALL, format!("---\nseries: monthly\nstart: 2026-11-18T16:00\n{actions}"));
    folder
}

/// What the file says of `Send photos` after a line of the pad, with the answers that guess nothing.
fn photos(line: &str) -> (String, Folder, Run) {
    let folder = carried();
    let run = record(&folder, &format!("## Actions\n- {line}\n"), "", &["--yes"]);
    let call = folder.read(CALL);
    let of_photos: Vec<&str> = call.lines().filter(|it| it.contains("photos")).collect();
    (of_photos.join("\n"), folder, run)
}

const PHOTOS: &str = "- {id: photos-2026-10, what: Send photos, who: bolete";

#[test]
fn an_action_is_dropped_in_or_behind_its_brackets_or_by_its_box() {
    for line in [
        "[-] Send photos",
        "[-] Send photos (Bolete, 2026-10-31)",
        "[ ] Send photos (Bolete, 2026-10-31) dropped",
        "[ ] Send photos (Bolete, 2026-10-31): given up.",
        "[ ] Send photos (Bolete, 2026-10-31, dropped)",
        "[ ] Send photos (dropped)",
        "[ ] Send photos: dropped",
        "Send photos dropped",
        "[ ] Send photos (Bolete, 2026-10-31) – ya no hace falta",
        "[ ] Send photos (Bolete), abandonada",
        "[ ] Send photos (Bolete): laissé tomber",
        "[ ] Send photos (Bolete): já não é preciso",
        "[ ] Send photos (Bolete): gestrichen",
        "[ ] Send photos (Bolete): annullata",
    ] {
        let (call, _, run) = photos(line);
        let expected = format!("{PHOTOS}, due: 2026-10-31, dropped: true}}");
        assert_eq!(call, expected, "{line}: {}", run.stderr);
    }
}

#[test]
fn an_action_is_handed_to_another_coop_perhaps_with_another_day() {
    for (line, due) in [
        ("[ ] Send photos (Bolete, 2026-10-31) → Chanterelle", "2026-10-31"),
        ("[ ] Send photos (Bolete, 2026-10-31) -> Chanterelle does it now", "2026-10-31"),
        ("[ ] Send photos (Bolete, 2026-10-31) -> Chanterelle, till 2027-02-20", "2027-02-20"),
        (
            "[ ] Send photos (Bolete, 2026-10-31) -> Chanterelle does it, until 20 February 2027",
            "2027-02-20",
        ),
        ("[ ] Send photos (Bolete, 2026-10-31) Chanterelle takes it over", "2026-10-31"),
        ("[ ] Send photos (Bolete, 2026-10-31, handed to Chanterelle)", "2026-10-31"),
        ("[ ] Send photos (Bolete → Chanterelle, 2027-02-20)", "2027-02-20"),
        ("[ ] Send photos: handed to Chanterelle", "2026-10-31"),
        ("[ ] Send photos → Chanterelle", "2026-10-31"),
        ("[ ] Send photos (Bolete): pasa a Chanterelle", "2026-10-31"),
        ("[ ] Send photos (Bolete): passa para Chanterelle", "2026-10-31"),
        ("[ ] Send photos (Bolete): confié à Chanterelle", "2026-10-31"),
        ("[ ] Send photos (Bolete): übergeben an Chanterelle", "2026-10-31"),
        ("[ ] Send photos (Bolete): passato a Chanterelle", "2026-10-31"),
    ] {
        let (call, folder, run) = photos(line);
        let expected = format!("{PHOTOS}, due: {due}, handed_to: chanterelle}}");
        assert_eq!(call, expected, "{line}: {}", run.stderr);
        // The day of before is no question the next time either.
        let again = record(&folder, &format!("## Actions\n- {line}\n"), "", &[]);
        assert!(again.stderr.starts_with("Everything in"), "{line}: {}", again.stderr);
    }
    let (call, ..) = photos("[ ] Send photos (Bolete, 2026-10-31), done");
    assert_eq!(call, format!("{PHOTOS}, due: 2026-10-31, done: true}}"));
}

#[test]
fn what_stands_behind_the_brackets_and_is_not_understood_is_asked() {
    let untouched =
        "- {id: photos-2026-10, what: Send photos, who: bolete, due: 2026-10-31}\nstatus";
    for (line, question) in [
        ("[ ] Send photos (Bolete, 2026-10-31) with the ladder", "What is `with the ladder`?"),
        ("[ ] Send photos (Bollette) → Chanterelle", "Which coop is `Bollette`?"),
        ("[ ] Send photos (Bolete, 2026-10-31) → Zeppelin", "Which coop is `Zeppelin`?"),
        ("[ ] Send photos (Bolete, 2026-10-31) dropped, no ladder", "What is `no ladder`?"),
        (
            "[ ] Send photos (Bolete, 2026-10-31) → Chanterelle, till 20 Feb",
            "Which day is `till 20 Feb`?",
        ),
        ("[x] Send photos (Bolete, 2026-10-31) dropped", "It is ticked as done"),
    ] {
        let (_, folder, run) = photos(line);
        let call = folder.read(CALL);
        assert!(call.contains(untouched), "{line}: {call} {}", run.stderr);
        let left = folder.read("pads/2026-11.left.md");
        assert!(left.contains(line) && left.contains(question), "{line}: {left}");
    }
    let folder = carried();
    let pad = "## Actions\n- [ ] Send photos (Bolete, 2026-10-31) -> Chanterelle does it now, till 20 Feb\n";
    let run = record(&folder, pad, "1\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("due: 2027-02-20, handed_to: chanterelle}"), "{call}");
}

#[test]
fn words_of_a_new_action_may_have_brackets_within() {
    let folder = carried();
    let pad = "## Actions\n- Ask the mill (the old one) for flour (Bolete, 2026-12-20)\n- Buy bread dropped\n- Sing (→ Bolete)\n";
    let run = record(&folder, pad, "", &["--yes"]);
    let call = folder.read(CALL);
    for words in [
        "what: Ask the mill (the old one) for flour\n  who: bolete\n  due: 2026-12-20\n",
        "what: Buy bread dropped\n",
        "what: Sing\n  who: bolete\n",
    ] {
        assert!(call.contains(words), "{words}: {call} {}", run.stderr);
    }
}

#[test]
fn the_past_day_of_an_action_that_is_open_is_no_question() {
    let folder = carried();
    let pad = "## Actions\n- [ ] Write the minutes (Bolete, 2026-09-30)\n\
               - [x] Write the minutes (Cep: Credit Union, 2026-10-30)\n";
    let run = record(&folder, pad, "", &["--yes"]);
    assert!(!run.stderr.contains("Left over"), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("due: 2026-10-30, done: true}"), "{call}");
    assert!(call.contains("due: 2026-09-30}\n- {id: minutes-2026-10"), "{call}");
    // Somebody has changed its day in the file since.
    folder
        .write(CALL, call.replace("2026-10-30", "2027-10-30").replace("2026-09-30", "2027-09-30"));
    let again = record(&folder, pad, "", &[]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    // One that only the call before names, and that this one goes on with.
    folder.write(
        "content/calls/2026-10.md",
        "---\nseries: monthly\nstart: 2026-10-28T16:00\nstatus: held\n\
         actions: [{what: Mend the roof, who: bolete, due: 2026-11-10}, {what: Paint, who: bolete, due: 2026-11-10, done: true}]\n---\n",
    );
    let pad = "## Actions\n- [ ] Mend the roof (Bolete, 2026-11-10)\n- [ ] Paint (Bolete, 2026-11-10)\n\
               - [ ] Mend the roof (Chanterelle, 2026-11-10)\n";
    record(&folder, pad, "", &["--yes"]);
    let call = folder.read(CALL);
    let roof = "what: Mend the roof\n  who: bolete\n  due: 2026-11-10\n";
    assert!(call.contains(roof) && !call.contains("Paint"), "{call}");
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.contains("Paint") && left.contains("Chanterelle"), "{left}");
}

#[test]
fn a_pad_that_is_printed_anew_says_what_became_of_actions() {
    let folder = carried();
    let pad = "## Actions\n- [-] Write the minutes (Bolete, 2026-09-30)\n\
               - [ ] Write the minutes (Cep: Credit Union, 2026-10-30)\n\
               - [ ] Send photos (Bolete, 2026-10-31) → Chanterelle\n";
    record(&folder, pad, "", &["--yes"]);
    let printed = folder.ayni(&["call", "pad", "2026-11"]).stdout;
    let (_, lines) = pad.split_once('\n').expect("there are lines");
    lines.lines().for_each(|line| assert!(printed.contains(&format!("{line}\n")), "{printed}"));
    let again = record(&folder, &printed, "", &["--yes"]);
    assert!(again.stderr.contains("is in the directory already"), "{}", again.stderr);
}

#[test]
fn a_day_behind_a_name_that_had_to_be_explained_is_asked() {
    let folder = carried();
    let pad = "## Actions\n- [ ] Send photos (Bolete, 2026-10-31) → Chantarelle by 28 Feb\n";
    let run = record(&folder, pad, "chanterelle\n1\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("due: 2027-02-28, handed_to: chanterelle}"), "{call}\n{}", run.stderr);
}
