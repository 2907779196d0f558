//! The fields of entries.

use super::calls::CALL_FIELDS;
use super::field::{Field, Shape, Table};
use super::names;
use super::own_words as own;
use super::parts::{AMOUNT, CONTACT, IMAGE, LINK, PERSON, PLACE, QUANTITY, SOURCE};
use crate::content::record::EntryKind;
use crate::content::values::{
    Basis, CoopStatus, Form, Kind, MatchStatus, Mode, NeedStatus, OfferStatus, Precision, Urgency,
    Visibility,
};
use crate::content::yaml_words::OF_A_SUMMARY;

/// The table of a kind of entry.
pub(crate) fn of_kind(kind: EntryKind) -> &'static Table {
    match kind {
        EntryKind::Coop => &COOP,
        EntryKind::Need => &NEED,
        EntryKind::Offer => &OFFER,
        EntryKind::Match => &MATCH,
        EntryKind::Call => &CALL,
        EntryKind::Page => &PAGE,
    }
}

/// The table of a translation.
pub(crate) fn translation(kind: EntryKind) -> &'static Table {
    match kind {
        EntryKind::Match | EntryKind::Call => &UNTITLED_TRANSLATION,
        EntryKind::Coop | EntryKind::Need | EntryKind::Offer | EntryKind::Page => &TRANSLATION,
    }
}

static COOP: Table = Table::new(&[COOP_FIELDS, &[TITLE.required(), SUMMARY, ALIASES], ENTRY]);
static NEED: Table =
    Table::new(&[NEED_FIELDS, TERMS, &[TITLE.required(), SUMMARY, ALIASES], ENTRY]);
static OFFER: Table =
    Table::new(&[OFFER_FIELDS, TERMS, &[TITLE.required(), SUMMARY, ALIASES], ENTRY]);
static MATCH: Table = Table::new(&[MATCH_FIELDS, &[TITLE, SUMMARY], ENTRY]).left_out(|name| {
    (name == "aliases").then_some(
        "take it out: the former addresses of a match follow from the `aliases` of its need and its offer",
    )
});
static CALL: Table = Table::new(&[CALL_FIELDS, &[TITLE, SUMMARY, ALIASES], ENTRY]);
static PAGE: Table = Table::new(&[&[TITLE.required(), SUMMARY, ALIASES], ENTRY]);
static TRANSLATION: Table =
    Table::new(&[&[TITLE.required(), SUMMARY, UPDATED]]).left_out(from_the_original);
static UNTITLED_TRANSLATION: Table =
    Table::new(&[&[TITLE, SUMMARY, UPDATED]]).left_out(from_the_original);

fn from_the_original(name: &str) -> Option<&'static str> {
    let is_field = EntryKind::ALL.iter().any(|kind| of_kind(*kind).find(name).is_some());
    is_field.then_some("leave it out: a translation has it from its original")
}

const TITLE: Field = Field::new("title", Shape::Text, "Example Weavers", "the name of the entry")
    .called(
        "name heading titulo titre titel titolo nombre nome nom bezeichnung intitule \
            uberschrift pagetitle",
    );

const SUMMARY: Field = Field::new(
    "summary",
    Shape::Markdown,
    "Nine weavers in Porto.",
    "one sentence for lists and previews",
)
.prompt(OF_A_SUMMARY)
.called(
    "description abstract tagline excerpt subtitle intro lead teaser resumen resumo \
            resume zusammenfassung riassunto sommario descripcion descricao beschreibung \
            kurzbeschreibung descrizione metadescription",
);

const UPDATED: Field =
    Field::new("updated", Shape::Day, "2026-12-01", "the day it was last changed").called(
        "modified lastmod lastmodified lastmodifiedat updatedat dateupdated datemodified \
            actualizado atualizado misajour aktualisiert aggiornato modificado modifie \
            geandert modificato",
    );

const ALIASES: Field = Field::new(
    "aliases",
    Shape::List(&Shape::Id),
    "[old-weavers]",
    "former ids of the same kind of entry, the oldest first; their old addresses lead here, see [[handbook/renaming]]. A match needs none",
)
.called("alias redirectfrom formerids oldids");

const ENTRY: &[Field] = &[
    Field::new(
        "lang",
        Shape::Language,
        "pt",
        "the language of the text; if absent, the first language of the site",
    )
    .called("language locale idioma langue sprache lingua"),
    Field::new("topics", Shape::List(&Shape::Topic), "[textiles, craft]", "ids of topics")
        .prompt("such as [translation]")
        .called(
            "tags tag topic keywords keyword categories category skills labels temas tema \
            themes themen thema temi sujets schlagworte schlagworter stichworte etiquetas \
            etiquettes etichette motscles palabrasclave palavraschave parolechiave assuntos \
            topicos argomenti categorias kategorien categorie",
        )
        .recast(&[(own::taxonomies, "taxonomies")]),
    Field::new("created", Shape::Day, "2026-11-22", "the day it was first published").called(
        "date createdat datecreated publishdate publishedat datepublished pubdate fecha \
            data datum creado criado cree erstellt creato veroffentlicht fechadecreacion \
            datadecriacao datedecreation erstellungsdatum datadicreazione",
    ),
    UPDATED,
    Field::new(
        "reviewed",
        Shape::Day,
        "2026-12-01",
        "the day somebody last checked that it is still right",
    )
    .called(
        "checked verified lastreviewed lastchecked revisado verificado verifie gepruft \
            uberpruft verificato controllato",
    ),
    Field::new(
        "draft",
        Shape::YesNo,
        "true",
        "`true` keeps the entry unpublished until it is finished",
    )
    .never_empty()
    .called("borrador rascunho brouillon entwurf bozza wip")
    .recast(&[(own::published, "published publish publicado publie pubblicato unlisted")]),
    Field::new(
        "visibility",
        Shape::Choice(Visibility::CHOICES),
        "network",
        "who may see the entry",
    )
    .never_empty()
    .default("public")
    .called("access privacy visibilidad visibilidade visibilite sichtbarkeit visibilita")
    .recast(&[(own::private, "private privado prive privat privato")]),
    Field::new(
        "image",
        Shape::Fields(&IMAGE),
        "{src: loom.jpg, alt: A loom}",
        "a picture; see below",
    )
    .recast(&[(
        own::image,
        "logo photo picture images featuredimage featureimage featured featureimagealt \
            featuredimagealt featureimagecaption featuredimagecaption imagealt imagecaption \
            cover coverimage coveralt covercaption banner thumbnail hero heroimage ogimage \
            imagen imagem bild titelbild immagine foto portada capa copertina vignette",
    )]),
    Field::new(
        "links",
        Shape::Items(&LINK),
        "[{label: Shop, url: \"https://weavers.example\"}]",
        "where to read more; see below",
    )
    .recast(&[(
        own::links,
        "url website link homepage web enlace enlaces lien liens ligacoes verweis verweise \
            collegamento collegamenti canonicalurl externalurl",
    )]),
    Field::new(
        "discussion",
        Shape::WebAddress,
        "https://forum.example/t/12",
        "the web address where people talk about the entry",
    )
    .called("forum thread discusion discussao diskussion discussione hilo commentsurl"),
    Field::new(
        "sources",
        Shape::Items(&SOURCE),
        "[{title: Annual report 2025}]",
        "where the facts come from; see below",
    )
    .recast(&[(
        own::sources,
        "source references citations bibliography fuente fuentes fonte fontes quelle \
            quellen fonti referencias",
    )]),
    Field::new(
        "same_as",
        Shape::List(&Shape::Identifier),
        "[\"https://www.wikidata.org/wiki/Q4115189\"]",
        "web addresses, URNs or DIDs of the same thing elsewhere",
    )
    .called("wikidata identifiers"),
];

const COOP_FIELDS: &[Field] = &[
    Field::new("country", Shape::Country, "PT", "where it is")
        .prompt("two letters, such as BR")
        .called(names::COUNTRY),
    Field::new("region", Shape::Text, "Norte", "the part of the country").called(
        "state province county estado provincia bundesland regione departamento departement \
            comunidad comunidade kanton",
    ),
    Field::new("city", Shape::Text, "Porto", "the town")
        .called(names::CITY)
        .recast(&[(own::town, names::PLACES), (own::town, "place")]),
    Field::new(
        "coordinates",
        Shape::Coordinates,
        "[41.15, -8.61]",
        "latitude, then longitude, in degrees; kept for a map, and not shown yet",
    )
    .called("coords geo coordenadas coordonnees koordinaten coordinate")
    .recast(&[(own::coordinates, names::LATITUDE), (own::coordinates, names::LONGITUDE)]),
    Field::new(
        "precision",
        Shape::Choice(Precision::CHOICES),
        "country",
        "how exactly the coordinates may be shown",
    )
    .default("city")
    .called("genauigkeit precisao precisione exactitud"),
    Field::new("form", Shape::Choice(Form::CHOICES), "worker", "").called(
        "legalform type tipo typ art forma formajuridica formalegal formejuridique forme \
            rechtsform formagiuridica organisationtype organizationtype",
    ),
    Field::new(
        "sectors",
        Shape::List(&Shape::Topic),
        "[textiles]",
        "ids of the topics that it works in",
    )
    .prompt("topics, such as software")
    .called(
        "sector industry industries activities sectores setor setores secteur secteurs \
            branche branchen settore settori actividades atividades activites attivita \
            tatigkeiten",
    ),
    Field::new(
        "languages",
        Shape::List(&Shape::Language),
        "[pt, en]",
        "languages that it works in",
    )
    .prompt("such as [en, es]")
    .called(names::LANGUAGES),
    Field::new("founded", Shape::PartialDate, "2019-05", "a year, a month or a day").called(
        "since established year foundingyear foundingdate foundedin fundado fundada \
            fundacion fundacao fonde fondee anneedecreation gegrundet grundung grundungsjahr \
            fondato fondata anodefundacion anodefundacao annodifondazione desde depuis seit",
    ),
    Field::new("members", Shape::WholeNumber, "9", "how many members it has").called(
        "size employees membercount staff workers miembros membros membres mitglieder \
            membri soci socios trabajadores",
    ),
    Field::new("website", Shape::WebAddress, "https://weavers.example", "its web address").called(
        "url site homepage web webpage webseite internetseite sitio sitioweb paginaweb siteweb \
        sito sitoweb",
    ),
    Field::new(
        "part_of",
        Shape::List(&Shape::Entry(EntryKind::Coop)),
        "[example-network]",
        "ids of coops that are networks or hubs, and to which it belongs",
    )
    .called(
        "network networks memberof federation parent red redes rede reseau reseaux netzwerk \
            netzwerke rete reti miembrode membrode membrede mitgliedbei",
    ),
    Field::new(
        "contact",
        Shape::Items(&CONTACT),
        "{type: form, value: \"https://weavers.example/hello\"}",
        "how it can be reached; see below",
    )
    .prompt("{type: email, value: name@example.org, visibility: network}")
    .called(names::CONTACTS)
    .recast(&[(own::contact, names::EMAIL), (own::phone, names::PHONE)]),
    Field::new("status", Shape::Choice(CoopStatus::CHOICES), "starting", "")
        .default("active")
        .called(names::STATUS),
];

/// What needs and offers share.
const TERMS: &[Field] = &[
    Field::new(
        "coop",
        Shape::Entry(EntryKind::Coop),
        "example-weavers",
        "the id of the coop that needs or offers",
    )
    .required()
    .called(
        "organisation organization cooperative owner author cooperativa kooperative \
            genossenschaft organizacion organizacao organizzazione",
    ),
    Field::new("kind", Shape::Choice(Kind::CHOICES), "knowledge", "")
        .required()
        .called("type category tipo typ art clase categoria kategorie categorie genre helptype"),
    Field::new(
        "languages",
        Shape::List(&Shape::Language),
        "[pt]",
        "languages in which the help can be given; if absent, the coop's",
    )
    .called(names::LANGUAGES),
    Field::new("mode", Shape::Choice(Mode::CHOICES), "remote", "how")
        .called("modo modalidad modalidade modalite modus modalita format")
        .recast(&[(own::remote, "remote online remoto distance")]),
    Field::new(
        "place",
        Shape::Fields(&PLACE),
        "{country: ES, city: Vigo}",
        "where, if not where the coop is: `country` and `city`",
    )
    .recast(&[
        (own::place, names::COUNTRY),
        (own::place, names::CITY),
        (own::place, names::PLACES),
    ]),
    Field::new(
        "basis",
        Shape::List(&Shape::Choice(Basis::CHOICES)),
        "[gift, exchange]",
        "on what terms, one or several",
    )
    .called(
        "terms conditions condiciones condicoes bedingungen condizioni base compensation \
            grundlage",
    ),
    Field::new(
        "amount",
        Shape::Fields(&AMOUNT),
        "{value: 4000, currency: EUR}",
        "a sum of money: `value` and `currency`, both **required** in it",
    )
    .recast(&[(
        own::amount,
        "budget price cost sum presupuesto orcamento prix montant betrag preis kosten \
            importo prezzo precio preco coste costo custo cout monto importe valor",
    )]),
    Field::new(
        "quantity",
        Shape::Fields(&QUANTITY),
        "{value: 12, unit: laptops}",
        "a number of something else: `value` and `unit`, both **required** in it",
    )
    .recast(&[(own::quantity, "number cantidad quantidade quantite menge anzahl quantita")]),
    Field::new("urgency", Shape::Choice(Urgency::CHOICES), "high", "how soon")
        .default("normal")
        .called(
            "priority urgencia urgence dringlichkeit urgenza prioridad prioridade priorite \
            prioritat priorita",
        )
        .recast(&[(own::urgent, "urgent urgente dringend")]),
    Field::new("from", Shape::Day, "2026-12-01", "its first day").called(
        "start starts startdate begin validfrom desde debut ab von inicio beginn inizio dal \
            apartirde",
    ),
    Field::new("until", Shape::Day, "2027-03-31", "its last day; the day after, it has expired")
        .prompt("the last day, such as 2027-03-31")
        .called(
            "deadline expires expiry expirydate end ends enddate validuntil hasta ate jusquau \
            bis fino finoal frist plazo prazo scadenza echeance datelimite fechalimite fin fim \
            fine",
        ),
    Field::new(
        "raised_in",
        Shape::Entry(EntryKind::Call),
        "2026-11",
        "the id of the call in which it was first said",
    )
    .called("call raised llamada chamada appel meeting"),
    Field::new(
        "contact",
        Shape::Items(&CONTACT),
        "{type: email, value: looms@weavers.example}",
        "how to reach those who ask or offer, if not by the coop's own contact",
    )
    .called(names::CONTACTS)
    .recast(&[(own::contact, names::EMAIL), (own::phone, names::PHONE)]),
];

const WHAT_BECAME: &str = "what became of it; see below";

const NEED_FIELDS: &[Field] =
    &[Field::new("status", Shape::Choice(NeedStatus::CHOICES), "parked", WHAT_BECAME)
        .default("open")
        .called(names::STATUS)];

const OFFER_FIELDS: &[Field] = &[
    Field::new(
        "capacity",
        Shape::Capacity,
        "3",
        "how many it can serve at once: a whole number, 1 if absent, or `unlimited`",
    )
    .prompt("how many at once, or `unlimited`; else 1")
    .called("capacidad capacidade capacite kapazitat capacita slots seats"),
    Field::new("status", Shape::Choice(OfferStatus::CHOICES), "parked", WHAT_BECAME)
        .default("open")
        .called(names::STATUS),
];

const MATCH_FIELDS: &[Field] = &[
    Field::new("need", Shape::Entry(EntryKind::Need), "looms-for-a-course", "the id of the need")
        .required()
        .called("request necesidad necessidade besoin bedarf bisogno"),
    Field::new("offer", Shape::Entry(EntryKind::Offer), "looms-to-lend", "the id of the offer")
        .required()
        .called("proposal oferta offre angebot offerta"),
    Field::new("status", Shape::Choice(MatchStatus::CHOICES), "agreed", "")
        .default("introduced")
        .called(names::STATUS),
    Field::new(
        "introduced_in",
        Shape::Entry(EntryKind::Call),
        "2026-11",
        "the id of the call in which the two met",
    )
    .prompt("a call, such as 2026-11")
    .called("call meeting introduced llamada chamada appel"),
    Field::new(
        "facilitator",
        Shape::Person(&PERSON),
        "example-weavers",
        "who introduced them: a coop or a person",
    )
    .called(names::FACILITATOR),
    Field::new("outcome", Shape::Markdown, "Three looms went to Vigo.", "what came of it")
        .called("result resultado resultat ergebnis esito risultato"),
];
