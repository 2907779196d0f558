//! Mappings within the fields of entries.

use super::field::{Field, Shape, Table};
use super::names;
use super::{braces, own_words as own};
use crate::content::values::{ContactType, LinkType, Visibility};

const fn licence() -> Field {
    Field::new("licence", Shape::Text, "CC BY 4.0", "on what terms it may be used")
        .called(names::LICENCE)
}

pub(super) static IMAGE: Table = Table::new(&[&[
    Field::new(
        "src",
        Shape::Picture,
        "loom.jpg",
        "the file beside the entry, or, with a slash before it, below `content/static/`",
    )
    .required()
    .called("url file path href source image archivo arquivo fichier datei"),
    Field::new(
        "alt",
        Shape::Text,
        "A weaver at a wooden loom",
        "what the picture shows, for those who do not see it",
    )
    .called("description alttext text title descripcion beschreibung texto"),
    Field::new("caption", Shape::Markdown, "Our *oldest* loom", "a line below it, in Markdown")
        .called("legend pie legende bildunterschrift didascalia legenda"),
    licence(),
]])
.of_text(braces::image);

pub(super) static LINK: Table = Table::new(&[&[
    Field::new(
        "label",
        Shape::Text,
        "Our patterns",
        "the words of the link; if absent, the address",
    )
    .called("name title text etiqueta bezeichnung nombre nome nom"),
    Field::new("url", Shape::LinkTarget, "https://weavers.example/patterns", "where it leads")
        .required()
        .called(names::URL),
    Field::new("type", Shape::Choice(LinkType::CHOICES), "handbook", "what is there")
        .default("other")
        .called("kind tipo typ art"),
    Field::new("licence", Shape::Text, "CC BY-SA 4.0", "on what terms what is there may be used")
        .called(names::LICENCE),
]])
.of_text(braces::link);

pub(super) static SOURCE: Table = Table::new(&[&[
    Field::new("title", Shape::Text, "Annual report 2025", "the name of the source")
        .required()
        .called("name label titulo titre titel titolo text"),
    Field::new("url", Shape::WebAddress, "https://weavers.example/report", "its web address")
        .called(names::URL),
    Field::new("licence", Shape::Text, "CC0", "on what terms it may be used")
        .called(names::LICENCE),
    Field::new("retrieved", Shape::Day, "2026-11-20", "the day it was read")
        .called("date accessed accessdate fecha datum data consultado abgerufen consulte"),
]])
.of_text(braces::source);

pub(super) static CONTACT: Table = Table::new(&[&[
    Field::new("type", Shape::Choice(ContactType::CHOICES), "email", "")
        .required()
        .called("kind tipo typ art")
        .recast(&[(own::email_value, names::EMAIL), (own::phone_value, names::PHONE)]),
    Field::new("value", Shape::Text, "hello@weavers.example", "the address, number or handle")
        .required()
        .called("address handle number url link valor wert valeur valore")
        .recast(&[(own::email_value, names::EMAIL), (own::phone_value, names::PHONE)]),
    Field::new(
        "name",
        Shape::Text,
        "Office",
        "whom one reaches there; write a role, such as \"office\", not a person who has not agreed",
    )
    .called(names::NAMES),
    Field::new("visibility", Shape::Choice(Visibility::CHOICES), "public", "who may see it")
        .never_empty()
        .recast(&[(own::private, "private privado prive privat privato")]),
]])
.of_text(braces::contact);

pub(super) static PERSON: Table = Table::new(&[&[
    Field::new("name", Shape::Text, "Ana Example", "the name").required().called(names::NAMES),
    Field::new("consent", Shape::YesNo, "true", "`true` once that person has agreed to be named")
        .called(
            "agreed permission consentimiento consentimento consentement einwilligung \
            zustimmung consenso",
        ),
]]);

pub(super) static PLACE: Table = Table::new(&[&[
    Field::new("country", Shape::Country, "ES", "the country").called(names::COUNTRY),
    Field::new("city", Shape::Text, "Vigo", "the town").called(names::CITY),
]])
.of_text(braces::place);

pub(super) static AMOUNT: Table = Table::new(&[&[
    Field::new("value", Shape::Number, "4000", "how much").required().called(names::VALUE),
    Field::new("currency", Shape::Currency, "EUR", "of which money")
        .required()
        .called("moneda moeda monnaie devise wahrung valuta money"),
]])
.of_text(braces::amount);

pub(super) static QUANTITY: Table = Table::new(&[&[
    Field::new("value", Shape::Number, "12", "how many").required().called(names::VALUE),
    Field::new("unit", Shape::Text, "laptops", "of what")
        .required()
        .called("units of what unidad unidade unite einheit unita"),
]])
.of_text(braces::quantity);
