//! The fields of `site.yaml`.

use super::field::{Field, Shape, Table};
use super::names;
use super::parts::CONTACT;
use super::{braces, own_words as own};
use crate::content::values::{SearchExport, Visibility, Weight};

/// The settings of a site.
pub(crate) static SITE: Table = Table::new(&[&[
    Field::new("title", Shape::Text, "Weavers' Directory", "the name of the site")
        .required()
        .called("name sitename sitetitle titulo titre titel titolo nombre nome nom"),
    Field::new(
        "summary",
        Shape::Text,
        "Who weaves what, and for whom.",
        "what it is, in one sentence",
    )
    .called("description tagline subtitle abstract resumen resumo resume zusammenfassung \
            beschreibung riassunto sommario descripcion descricao descrizione"),
    Field::new(
        "base_url",
        Shape::WebAddress,
        "https://directory.example",
        "the web address where it is published; needed for feeds, the calendar and search engines. Hosts with letters of any script are written there as machines do (`https://bücher.example/` as `https://xn--bcher-kva.example/`)",
    )
    .called("url siteurl domain host address website homepage"),
    Field::new(
        "base_id",
        Shape::FormerAddress,
        "old.example",
        "the former host of the site, or its whole former `base_url`, so that feeds and calendars keep their ids; see [[handbook/for-admins]]",
    ),
    Field::new(
        "languages",
        Shape::List(&Shape::Language),
        "[pt, en, es]",
        "the languages of the site; the first stands at the root, `[en]` if nothing is said",
    )
    .called("language lang locale locales defaultlanguage defaultcontentlanguage languagecode \
            idioma idiomas linguas langues sprachen lingue"),
    Field::new("theme", Shape::Id, "weavers", "the folder of `themes/` with files of your own")
        .called("template tema thema"),
    Field::new("brand", Shape::Fields(&BRAND), "", "your looks; see below")
        .called("branding style styles")
        .recast(&[(own::brand, "logo")]),
    Field::new(
        "facilitator",
        Shape::Items(&CONTACT),
        "{type: email, value: hello@directory.example, visibility: public}",
        "the contact shown where a match keeps its own to itself",
    )
    .called("contact moderator"),
    Field::new("edit", Shape::Fields(&EDIT), "", "where the files can be edited; see below")
        .recast(&[(own::edit, "repository repo github gitlab")]),
    Field::new(
        "contacts",
        Shape::Fields(&CONTACTS),
        "{visibility: network}",
        "in it `visibility`, for contacts that say none",
    ),
    Field::new("topics", Shape::Fields(&TOPICS), "", "which words count as topics; see below"),
    Field::new("matching", Shape::Fields(&MATCHING), "", "how matches are chosen; see below")
        .called("matches"),
    Field::new(
        "calls",
        Shape::Items(&SERIES),
        "",
        "one series of calls, or a list of them; see below",
    )
    .called("call series meetings llamadas chamadas appels"),
    Field::new("licence", Shape::Text, "CC BY 4.0", "on what terms the content may be used")
        .called("license licencia licenca lizenz licenza copyright"),
    Field::new(
        "search",
        Shape::Fields(&SEARCH),
        "",
        "another index for search, for other tools; see below",
    ),
    Field::new(
        "guard",
        Shape::Fields(&GUARD),
        "",
        "what may stand in texts although it is withheld; see below",
    )
    .recast(&[(own::guard, "allow")]),
]]);

static BRAND: Table = Table::new(&[&[
    Field::new("logo", Shape::Picture, "logo.svg", "a file below `content/static/`")
        .called("image icon"),
    Field::new(
        "colours",
        Shape::ByName(&[], &Shape::Text),
        "{warp: \"#7a2e1d\"}",
        "colours of the theme by name",
    )
    .called("colors color colour farben colores cores couleurs colori"),
    Field::new(
        "fonts",
        Shape::ByName(&[], &Shape::Text),
        "{serif: \"Georgia, serif\"}",
        "fonts of the theme by name",
    )
    .called("font schriften fuentes fontes polices caratteri"),
]])
.of_text(braces::brand);

static EDIT: Table = Table::new(&[&[
    Field::new(
        "repository",
        Shape::WebAddress,
        "https://git.example/weavers/directory",
        "the web address of the repository",
    )
    .called("repo github gitlab repositorio"),
    Field::new("branch", Shape::Text, "main", "its branch")
        .default("main")
        .called("rama ramo branche zweig"),
    Field::new(
        "url",
        Shape::Text,
        "\"https://git.example/weavers/directory/_edit/{branch}/{path}\"",
        "the address of a file's editor, with `{path}` and `{branch}` in it; needed where it is not `/edit/BRANCH/FILE` below the repository",
    )
    .called("link address"),
]])
.of_text(braces::edit);

static CONTACTS: Table = Table::new(&[&[Field::new(
    "visibility",
    Shape::Choice(Visibility::CHOICES),
    "network",
    "who may see contacts that say nothing themselves",
)
.never_empty()]])
.of_text(braces::contacts);

static TOPICS: Table = Table::new(&[&[
    Field::new(
        "closed",
        Shape::YesNo,
        "false",
        "`true` (if absent): only words of the vocabulary are topics; `false`: every word is, and is shown as it is first written",
    ),
    Field::new(
        "starter",
        Shape::YesNo,
        "false",
        "`true` (if absent): Ayni's own vocabulary is part of yours; `false`: it is not",
    ),
]])
.of_text(braces::topics);

static MATCHING: Table = Table::new(&[&[
    Field::new(
        "threshold",
        Shape::Fraction,
        "0.3",
        "the lowest score of a suggestion, from 0 to 1",
    ),
    Field::new("limit", Shape::WholeNumber, "5", "how many offers a need is shown at most"),
    Field::new(
        "weights",
        Shape::ByName(Weight::CHOICES, &Shape::Fraction),
        "{topics: 0.5}",
        "how much each kind of evidence counts, from 0 to 1, by its name",
    ),
]])
.of_text(braces::matching);

static SEARCH: Table = Table::new(&[&[Field::new(
    "export",
    Shape::Choice(SearchExport::CHOICES),
    "lunr",
    "`lunr`: writes `search/LANG/lunr.json`, an index as elasticlunr reads it, with `title`, `summary` and `text` by path. Whoever searches with it loads all of it, so a build warns above 1 MB compressed; the site's own search does not use it",
)]]);

static GUARD: Table = Table::new(&[&[Field::new(
    "allow",
    Shape::Items(&ALLOW),
    "[{value: office@weavers.example, reason: it is on their website}]",
    "withheld values that may stand in texts all the same: each a `value`, and the `reason` for those who come later",
)]])
.of_text(braces::guard);

static ALLOW: Table = Table::new(&[&[
    Field::new("value", Shape::Text, "office@weavers.example", "what may be shown").required(),
    Field::new("reason", Shape::Text, "it is on their website", "why it may be").required(),
]])
.of_text(braces::allow);

static SERIES: Table = Table::new(&[&[
    Field::new("id", Shape::Id, "monthly", "the name of the series in the files of calls")
        .default("calls"),
    Field::new("title", Shape::Text, "Monthly call", "what it is called")
        .required()
        .called("name titulo titre titel titolo nombre nome nom"),
    Field::new(
        "rrule",
        Shape::Recurrence,
        "FREQ=MONTHLY;BYDAY=-1WE",
        "when it comes again, as in calendars",
    )
    .called("recurrence repeat rule frequency"),
    Field::new(
        "from",
        Shape::Day,
        "2026-09-30",
        "its first day, if that is not the day of its first call",
    )
    .called("startdate since first desde seit dal"),
    Field::new("until", Shape::Day, "2027-06-30", "its last day; after it, no call is announced")
        .called("end enddate last hasta ate bis fino"),
    Field::new(
        "aliases",
        Shape::List(&Shape::Id),
        "[monthly-calls]",
        "former ids, the oldest first; files of calls may go on using them",
    )
    .called("alias formerids"),
    Field::new(
        "updated",
        Shape::Day,
        "2026-11-26",
        "the last day on which its rule, hour or zone changed, so that calendars take it over",
    )
    .called("modified lastmod changed"),
    Field::new("start", Shape::Clock, "\"16:00\"", "when it starts, by the clock of its zone")
        .called("time hour hora heure uhrzeit ora begin"),
    Field::new("time_zone", Shape::TimeZone, "Europe/London", "a name of the IANA database")
        .called(names::ZONE),
    Field::new("duration", Shape::Duration, "90m", "how long it is").default("90m").called(names::LENGTH),
    Field::new(
        "minutes",
        Shape::Fields(&MINUTES),
        "{about: 2, needs: 2, offers: 2, review: 5}",
        "how long each delegate speaks: `about`, `needs`, `offers`; and how long there is for earlier introductions: `review`",
    )
    .called("rounds"),
    Field::new("join", Shape::WebAddress, "https://meet.example/room", "the web address of the room")
        .called(names::ROOM),
    Field::new("visibility", Shape::Choice(Visibility::CHOICES), "network", "who may see where to join").never_empty()
        .default("public"),
]])
.of_text(braces::series);

pub(super) static MINUTES: Table = Table::new(&[&[
    Field::new("about", Shape::WholeNumber, "1", "for what the coop is about").default("2"),
    Field::new("needs", Shape::WholeNumber, "2", "for what it needs").default("2"),
    Field::new("offers", Shape::WholeNumber, "2", "for what it offers").default("2"),
    Field::new("review", Shape::WholeNumber, "5", "for earlier introductions").default("5"),
]])
.of_text(braces::minutes);
