//! Which need and which offer a line of a pad brings together.

use super::owners::{network, written};
use super::pads::record;

#[test]
fn an_introduction_is_proposed_by_the_words_of_its_line() {
    let offers = "## Offers\n- Chanterelle: Mushroom courses (knowledge)\n- Bolete:\n  - [x] A tractor\n\
                  - Cep: Credit Union:\n  - [x] Small loans\n## Needs\n- Agaric Bakery:\n  \
                  - [x] Hands for the wheat\n  - [x] A second oven\n  - Somebody who teaches mushrooms (knowledge)\n";
    for (line, need, offer, note) in [
        (
            "second oven <-> small loan: they speak on Monday",
            "oven",
            "loans",
            "they speak on Monday",
        ),
        (
            "teach mushrooms / the Mushrom course (agreed)",
            "somebody-who-teaches-mushrooms",
            "mushroom-courses",
            "",
        ),
        (
            "Bolete and Agaric Bakery, wheat (the tractor comes)",
            "wheat",
            "tractor",
            "the tractor comes",
        ),
        ("Agaric Bakery y Bolete: el lunes", "oven", "tractor", "el lunes"),
        ("ovens of the bakery / credit union", "oven", "loans", ""),
        ("wheat with tractor (not yet)", "wheat", "tractor", "not yet"),
        ("wheat with tractor (on Monday)", "wheat", "tractor", "on Monday"),
    ] {
        let pad = format!("{offers}## Introductions\n- [x] {line}\n");
        let (call, _) = written(&pad, &["1", "y"]);
        let (_, matches) = call.split_once("matches:\n").expect("they were introduced");
        let pair = format!("  - need: {need}\n    offer: {offer}\n");
        assert!(matches.starts_with(&pair), "{line}: {call}");
        let written = matches.lines().find_map(|it| it.trim().strip_prefix("note: "));
        assert_eq!(written.unwrap_or_default(), note, "{line}");
    }
    let pad = format!("{offers}## Introductions\n- [x] second oven <-> small loan\n");
    let folder = network();
    let run = record(&folder, &pad, "", &[]);
    let first = "   1  Agaric Bakery needs: A second oven; Cep: Credit Union offers: Small loans\n";
    assert!(run.stderr.contains(first), "{}", run.stderr);
    // An empty box says that nobody introduced them.
    let pad = pad.replace("[x] second", "[ ] second");
    let (call, _) = written(&pad, &["1", "y"]);
    assert!(!call.contains("matches:"), "{call}");
}
