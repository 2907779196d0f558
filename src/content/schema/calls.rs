//! The fields of calls.

use super::field::{Field, Shape, Table};
use super::names;
use super::parts::PERSON;
use super::settings::MINUTES;
use super::{braces, own_words as own};
use crate::content::record::EntryKind;
use crate::content::values::{CallStatus, MatchStatus, Role, Visibility};

pub(super) const CALL_FIELDS: &[Field] = &[
    Field::new(
        "series",
        Shape::Series,
        "monthly",
        "the id of its series, or `none` for a call of its own; not needed if there is only one series",
    )
    .called("serie reihe"),
    Field::new("number", Shape::WholeNumber, "3", "its number within the series")
        .called("numero nummer num no edition"),
    Field::new(
        "start",
        Shape::DateTime,
        "2026-11-25T16:00",
        "the date and time it starts, by the clock of its zone",
    )
    .called("starts begin inicio debut beginn inizio datetime startsat")
    .recast(&[(own::start, names::DATE), (own::start, names::TIME)]),
    Field::new(
        "time_zone",
        Shape::TimeZone,
        "Europe/London",
        "a name of the IANA database; if neither the call nor its series says one, `UTC`",
    )
    .called(names::ZONE),
    Field::new("duration", Shape::Duration, "1h30m", "how long it is").default("90m").called(names::LENGTH),
    Field::new("status", Shape::Choice(CallStatus::CHOICES), "held", "")
        .default("planned")
        .called(names::STATUS),
    Field::new("join", Shape::WebAddress, "https://meet.example/room", "the web address of the room")
        .called(names::ROOM),
    Field::new("languages", Shape::List(&Shape::Language), "[en, es]", "languages spoken").called(names::LANGUAGES),
    Field::new(
        "interpretation",
        Shape::List(&Shape::Language),
        "[pt]",
        "languages interpreted into",
    )
    .called("interpreting translation interpretacion interpretacao dolmetschen interpretazione \
            interpretariato"),
    Field::new(
        "facilitator",
        Shape::Person(&PERSON),
        "example-weavers",
        "who leads it: a coop or a person",
    )
    .called(names::FACILITATOR),
    Field::new(
        "note_taker",
        Shape::Person(&PERSON),
        "example-weavers",
        "who writes it down: a coop or a person",
    )
    .called("notetaker notesby secretary scribe minutesby secretario secretaria secretaire \
            relator relatora protokoll protokollant verbalizzante"),
    Field::new(
        "minutes",
        Shape::Fields(&MINUTES),
        "{about: 1, needs: 2, offers: 2, review: 5}",
        "how long each delegate speaks in each round: `about`, `needs`, `offers`; 2 each if nothing is said. `review`: how many minutes there are for earlier introductions, one each; 5 if nothing is said",
    )
    .called("rounds rondas runden minutos minuten minuti"),
    Field::new(
        "turns",
        Shape::Items(&TURN),
        "",
        "what each delegate said; see below",
    )
    .recast(&[(
        own::turns,
        "participants delegates attendees participantes asistentes teilnehmer teilnehmende \
            partecipanti presentes anwesende",
    )]),
    Field::new(
        "matches",
        Shape::Items(&INTRODUCTION),
        "",
        "who was introduced to whom; see below",
    )
    .called("introductions encuentros encontros vermittlungen incontri"),
    Field::new(
        "decisions",
        Shape::List(&Shape::Markdown),
        "[We meet an hour earlier.]",
        "what was decided, one sentence an item",
    )
    .called("decision conclusions decisiones decisoes beschlusse entscheidungen decisioni \
            conclusiones"),
    Field::new(
        "actions",
        Shape::Items(&ACTION),
        "",
        "what is to be done; see below",
    )
    .called("todo todos tasks actionitems nextsteps acciones acoes aufgaben azioni taches \
            tareas tarefas compiti"),
    Field::new(
        "recording",
        Shape::Fields(&RECORDING),
        "{url: \"https://video.example/11\", visibility: network}",
        "where it can be heard again: `url` (**required** in it) and `visibility` (`public` if absent)",
    )
    .recast(&[(
        own::recording,
        "video audio grabacion gravacao enregistrement aufzeichnung aufnahme registrazione \
            recordingurl",
    )]),
];

static TURN: Table = Table::new(&[&[
    Field::new("coop", Shape::Entry(EntryKind::Coop), "example-weavers", "the id of the coop")
        .required()
        .called("organisation organization cooperative cooperativa"),
    Field::new(
        "delegate",
        Shape::Person(&PERSON),
        "{name: Ana Example, consent: true}",
        "who spoke: a coop or a person, `name` and `consent`",
    )
    .called("person speaker delegado delegada delegue delegierte delegato"),
    Field::new("written", Shape::YesNo, "true", "`true` if the turn was sent in writing")
        .called("inwriting async escrito ecrit schriftlich scritto"),
    Field::new("role", Shape::Choice(Role::CHOICES), "apology", "")
        .default("delegate")
        .called("rol papel rolle ruolo"),
    Field::new(
        "about",
        Shape::Markdown,
        "We are nine weavers.",
        "what was said in the first round",
    )
    .called("intro presentation sobre acerca apropos uber"),
    Field::new(
        "needs",
        Shape::List(&Shape::Entry(EntryKind::Need)),
        "[looms-for-a-course]",
        "ids of the needs said in the second round",
    )
    .called("need necesidades necessidades besoins bedarf bisogni"),
    Field::new(
        "offers",
        Shape::List(&Shape::Entry(EntryKind::Offer)),
        "[looms-to-lend]",
        "ids of the offers said in the third round",
    )
    .called("offer ofertas offres angebote offerte"),
]])
.of_text(braces::turn);

static INTRODUCTION: Table = Table::new(&[&[
    Field::new("need", Shape::Entry(EntryKind::Need), "looms-for-a-course", "the id of the need")
        .required(),
    Field::new("offer", Shape::Entry(EntryKind::Offer), "looms-to-lend", "the id of the offer")
        .required(),
    Field::new("status", Shape::Choice(MatchStatus::CHOICES), "declined", "as for a match")
        .default("introduced")
        .called(names::STATUS),
    Field::new("note", Shape::Markdown, "They speak again on Monday.", "what the note-taker wrote")
        .called("notes nota notas notiz comment remarque"),
]])
.of_text(braces::pair);

static ACTION: Table = Table::new(&[&[
    Field::new("what", Shape::Markdown, "Send the list of questions", "what is to be done")
        .required()
        .called("task title description action text que quoi was cosa"),
    Field::new(
        "id",
        Shape::Id,
        "send-the-list-of-questions-2026-11",
        "by what it is known in every call that names it",
    ),
    Field::new("who", Shape::Person(&PERSON), "example-weavers", "by whom: a coop or a person")
        .called(names::OWNER),
    Field::new(
        "handed_to",
        Shape::Entry(EntryKind::Coop),
        "example-bakers",
        "the coop that goes on with it",
    )
    .called("handedover delegatedto"),
    Field::new("due", Shape::Day, "2026-12-02", "until when")
        .called("deadline date until duedate by fecha plazo prazo bis frist scadenza echeance"),
    Field::new("done", Shape::YesNo, "true", "`true` when it is done")
        .called("completed finished hecho feito fait erledigt fatto"),
    Field::new("dropped", Shape::YesNo, "true", "`true` when it is not to be done any more")
        .called("cancelled abandoned abandonado abandonne verworfen annullato"),
]])
.of_text(braces::action);

static RECORDING: Table = Table::new(&[&[
    Field::new("url", Shape::WebAddress, "https://video.example/11", "where it is")
        .required()
        .called("link href address enlace lien"),
    Field::new("visibility", Shape::Choice(Visibility::CHOICES), "network", "who may see it")
        .never_empty()
        .default("public"),
]])
.of_text(braces::recording);
