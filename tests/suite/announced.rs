//! What calendars were told before: a change that they would not take over is warned of.

use super::site::Folder;

const SETTINGS: &str = "title: Test\nbase_url: https://test.example/\ncalls:\n  - id: monthly\n    title: Monthly call\n    \
    rrule: FREQ=MONTHLY;BYDAY=-1WE\n    start: \"16:00\"\n    time_zone: Europe/London\n";

const CALL: &str = "---\nseries: monthly\nstart: 2026-11-25T16:00\ntime_zone: Europe/London\nstatus: planned\nupdated: 2026-11-20\n---\n";

fn published() -> Folder {
    let folder = Folder::new(&[("site.yaml", SETTINGS), ("content/calls/2026-11.md", CALL)]);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    folder
}

const MOVED: &str = "warning: call `2026-11` was published as `2026-11-25T16:00 Europe/London, 90 minutes` and is \
`2026-11-26T17:00 Europe/London, 90 minutes`, but its `updated` is not later than then
 --> content/calls/2026-11.md:3:8
  |
3 | start: 2026-11-26T17:00
  |        ^^^^^^^^^^^^^^^^
hint: write `updated: 2026-11-22`, so that calendars take it over; if that stands there already, the day after it [unannounced-change]

1 warning
";

#[test]
fn a_call_that_is_moved_without_a_later_updated_is_told_until_it_has_one() {
    let folder = published();
    assert_eq!(folder.ayni(&["check"]).stderr, "1 entry, no problems\n");
    let moved = CALL.replace("25T16", "26T17");
    folder.write("content/calls/2026-11.md", &moved);
    assert_eq!(folder.ayni(&["check"]).stderr, MOVED);
    // It is published, and yet calendars that know the call may stay behind.
    for _ in 0..2 {
        let run = folder.ayni(&["build"]);
        assert_eq!(run.code, Some(0));
        assert!(run.stderr.starts_with(MOVED), "{}", run.stderr);
        assert_eq!(folder.ayni(&["check"]).stderr, MOVED);
    }
    folder.write("content/calls/2026-11.md", moved.replace("11-20", "11-22"));
    assert_eq!(folder.ayni(&["check"]).stderr, "1 entry, no problems\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert_eq!(folder.ayni(&["check"]).stderr, "1 entry, no problems\n");
    // From now on, that is what was published.
    folder.write("content/calls/2026-11.md", CALL.replace("11-20", "11-22"));
    assert!(folder.ayni(&["check"]).stderr.contains("[unannounced-change]"));
}

#[test]
fn each_change_that_a_calendar_shows_counts_and_no_other() {
    let folder = published();
    let zone = "time_zone: Europe/London";
    for (from, to, is_told) in [
        ("25T16:00", "25T16:30", true),
        (zone, "time_zone: Europe/Berlin", true),
        (zone, "time_zone: Europe/London\nduration: 60m", true),
        // To cancel is a revision of its own, and that a call was held changes nothing in calendars.
        ("planned", "cancelled", false),
        ("planned", "held\nduration: 90m\nminutes: {about: 2, needs: 2, offers: 2}", false),
        ("status", "title: Another\nstatus", false),
        (zone, "", false),
    ] {
        folder.write("content/calls/2026-11.md", CALL.replace(from, to));
        let said = folder.ayni(&["check"]).stderr;
        assert_eq!(said.contains("[unannounced-change]"), is_told, "{to}: {said}");
    }
    // What was cancelled takes place after all.
    folder.write("content/calls/2026-11.md", CALL.replace("planned", "cancelled"));
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    folder.write("content/calls/2026-11.md", CALL);
    let said = folder.ayni(&["check"]).stderr;
    assert!(
        said.starts_with("warning: call `2026-11` was published as `cancelled` and is `confirmed`, but its `updated` is not later than then\n"),
        "{said}"
    );
    assert!(said.contains("5 | status: planned\n"), "{said}");
    folder.write("content/calls/2026-11.md", CALL.replace("11-20", "11-21"));
    assert!(!folder.ayni(&["check"]).stderr.contains("warning"));
}

#[test]
fn a_series_whose_hour_moves_without_a_later_updated_is_told() {
    let folder = published();
    let later = SETTINGS.replace("16:00", "17:00");
    folder.write("site.yaml", &later);
    assert_eq!(
        folder.ayni(&["check"]).stderr,
        "warning: series `monthly` was published as `FREQ=MONTHLY;BYDAY=-1WE 16:00 Europe/London, 90 minutes` and is \
`FREQ=MONTHLY;BYDAY=-1WE 17:00 Europe/London, 90 minutes`, but its `updated` is not later than then
 --> site.yaml:7:12
  |
7 |     start: \"17:00\"
  |            ^^^^^^^
hint: write `updated: 2026-11-22`, so that calendars take it over; if that stands there already, the day after it [unannounced-change]

1 warning
"
    );
    folder.write("site.yaml", later + "    updated: 2026-11-22\n");
    // Now only the call that was planned before is at the old hour.
    let said = folder.ayni(&["check"]).stderr;
    assert!(said.contains("[other-hour]\n\n1 warning\n"), "{said}");
    let call = folder.read("content/calls/2026-11.md");
    folder.write("content/calls/2026-11.md", call.replace("T16:00", "T17:00"));
    let said = folder.ayni(&["check"]).stderr;
    assert!(!said.contains("[other-hour]"), "{said}");
    // With the old hour, it says that this is meant.
    folder.write(
        "content/calls/2026-11.md",
        call.replace("updated: 2026-11-20", "updated: 2026-11-22"),
    );
    let said = folder.ayni(&["check"]).stderr;
    assert!(!said.contains("[other-hour]"), "{said}");
    folder.write("content/calls/2026-11.md", call);
    // So is its end, which calendars know from its rule.
    let ends = SETTINGS.to_owned() + "    until: 2027-06-30\n";
    folder.write("site.yaml", &ends);
    let said = folder.ayni(&["check"]).stderr;
    assert!(
        said.contains(" --> site.yaml:9:12\n") && said.contains(", until 2027-06-30`"),
        "{said}"
    );
    folder.write("site.yaml", ends + "    updated: 2026-11-22\n");
    assert_eq!(folder.ayni(&["check"]).stderr, "1 entry, no problems\n");
}

#[test]
fn what_only_an_error_moves_is_not_told() {
    let folder = published();
    folder.write(
        "content/calls/2026-11.md",
        CALL.replace("series: monthly\n", "").replace("time_zone: Europe/London\n", ""),
    );
    let two = SETTINGS.to_owned() + "  - {id: early, title: Early call}\n";
    folder.write("site.yaml", two);
    let said = folder.ayni(&["check"]).stderr;
    assert!(said.ends_with("[missing-series]\n\n1 error\n"), "{said}");
    assert_eq!(
        folder.ayni(&["build"]).stderr,
        said + "nothing was written: correct the errors and build again\n"
    );
}

#[test]
fn a_held_call_that_has_moved_with_its_series_is_not_kept_so_by_a_fix() {
    let folder = published();
    let held = CALL.replace("planned", "held").replace("time_zone: Europe/London\n", "");
    folder.write("content/calls/2026-11.md", &held);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let elsewhere =
        SETTINGS.replace("Europe/London", "Europe/Berlin") + "    updated: 2026-11-22\n";
    folder.write("site.yaml", elsewhere);
    let run = folder.ayni(&["check", "--fix"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.starts_with("nothing that `--fix` can write\n"), "{}", run.stderr);
    let advice = "hint: if it was held as published, write that into it; if not, write `updated: 2026-11-22`, so that";
    assert!(run.stderr.contains(advice), "{}", run.stderr);
    assert_eq!(folder.read("content/calls/2026-11.md"), held);
    // Before the series changes, it is what it was.
    folder.write("site.yaml", SETTINGS);
    assert_eq!(folder.ayni(&["check", "--fix"]).code, Some(0));
    assert!(
        folder
            .read("content/calls/2026-11.md")
            .contains("\ntime_zone: Europe/London\nduration: 90m\n")
    );
}

#[test]
fn a_former_id_in_the_wrong_place_is_told() {
    let folder = published();
    folder.remove("content/calls/2026-11.md");
    folder.write(
        "content/calls/b.md",
        CALL.replace("---\nseries", "---\naliases: [2026-11]\nseries"),
    );
    assert_eq!(folder.ayni(&["check"]).stderr, "1 entry, no problems\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    folder.remove("content/calls/b.md");
    folder.write(
        "content/calls/c.md",
        CALL.replace("---\nseries", "---\naliases: [b, 2026-11]\nseries"),
    );
    assert_eq!(
        folder.ayni(&["check"]).stderr,
        "warning: call `c` was published in calendars as `2026-11`, and would be there a second time
 --> content/calls/c.md:2:10
  |
2 | aliases: [b, 2026-11]
  |          ^^^^^^^^^^^^
hint: write `2026-11` first in its `aliases` [unannounced-change]

1 warning
"
    );
}

#[test]
fn what_was_published_before_changes_no_byte_of_a_site() {
    let folder = published();
    folder.write("content/calls/2026-11.md", CALL.replace("25T16", "26T17"));
    assert!(folder.ayni(&["build"]).stderr.contains("[unannounced-change]"));
    let with_memory = folder.files("public");
    for file in folder.files(".ayni").keys().filter(|file| file.ends_with(".calls")) {
        folder.write(&format!(".ayni/{file}"), "ayni announced 1\n\u{0}\tx\n\ncall 2026-11\t9\n");
        assert_eq!(
            folder.ayni(&["check"]).stderr,
            "1 entry, no problems\n",
            "what is damaged says nothing"
        );
        folder.remove(&format!(".ayni/{file}"));
    }
    let run = folder.ayni(&["build"]);
    assert!(
        run.stderr.ends_with("(nothing had changed)\n") && !run.stderr.contains("warning"),
        "{}",
        run.stderr
    );
    std::fs::remove_dir_all(folder.path(".ayni")).expect("it is there");
    std::fs::remove_dir_all(folder.path("public")).expect("it is there");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert_eq!(folder.files("public"), with_memory);
}
