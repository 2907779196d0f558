//! How people can be reached, and who they are: with a visibility, and only with consent.

use super::contact_value::check;
use super::ids::CoopId;
use super::names::Reader;
use crate::content::fields::Fields;
use crate::content::schema;
use crate::content::values::{Complaint, ContactType, Visibility, YesNo};
use crate::content::yaml::Value;

/// One way to reach a coop.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// What kind of address it is.
    pub contact_type: ContactType,
    /// As its type has it: an address, a number, a name on a server.
    pub value: String,
    /// Whom one reaches there, or empty.
    pub name: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether its author said who may see it.
    pub is_said: bool,
}

/// Somebody with a role. A name without consent is never read in.
#[derive(Clone, Debug, PartialEq)]
pub enum Person {
    /// A coop of the directory.
    Coop(CoopId),
    /// A person who agreed to be named.
    Named(String),
    /// Somebody who did not agree; only the role is shown.
    Unnamed,
}

impl Contact {
    /// Where a click leads, if the address can be clicked.
    pub fn href(&self) -> Option<String> {
        let value = &self.value;
        match self.contact_type {
            ContactType::Email => Some(format!("mailto:{value}")),
            ContactType::Phone => Some(format!(
                "tel:{}",
                value.replace(|c: char| !c.is_ascii_digit() && c != '+', "")
            )),
            ContactType::Matrix => Some(format!("https://matrix.to/#/{value}")),
            ContactType::Fediverse => {
                let (user, host) = value.trim_start_matches('@').split_once('@')?;
                Some(format!("https://{host}/@{user}"))
            }
            ContactType::Form | ContactType::Url => Some(value.clone()),
            ContactType::Signal => value.starts_with("https://").then(|| value.clone()),
            ContactType::Post => None,
        }
    }
}

/// Reads the contacts in a field.
pub fn contacts(
    fields: &mut Fields<'_>,
    name: &'static str,
    default: Option<Visibility>,
) -> Vec<Contact> {
    fields.each(name, |contact| {
        let has_type = contact.required("type").is_some();
        let has_value = contact.required("value").is_some();
        let contact_type = contact.value("type", ContactType::parse);
        let name = contact.text("name").unwrap_or_default();
        let visibility = contact.visibility("visibility");
        let is_said = visibility.is_some();
        let contact_type = contact_type.filter(|_| has_type && has_value)?;
        let value = contact.value("value", |text| check(contact_type, text))?;
        let visibility = visibility.or(default).unwrap_or_else(|| unsaid_visibility(contact_type));
        Some(Contact { contact_type, value, name, visibility, is_said })
    })
}

/// What a contact that says nothing may be shown to: what reaches a person stays in the network.
fn unsaid_visibility(contact_type: ContactType) -> Visibility {
    match contact_type {
        ContactType::Email | ContactType::Phone | ContactType::Post | ContactType::Signal => {
            Visibility::Network
        }
        ContactType::Form | ContactType::Url | ContactType::Fediverse | ContactType::Matrix => {
            Visibility::Public
        }
    }
}

/// Reads a person: a coop's id, or `{name, consent}`.
pub fn person(fields: &mut Fields<'_>, name: &'static str, reader: &Reader<'_>) -> Option<Person> {
    match &fields.node(name)?.value {
        Value::Map(_) => fields.fields(name, |person| {
            let name = person.required("name");
            let consent = person.value("consent", YesNo::parse) == Some(YesNo::Yes);
            Some(match name {
                Some(name) if consent => Person::Named(name.value),
                _ => Person::Unnamed,
            })
        }),
        _ => fields.value(name, |text| coop_or_advice(text, reader)).map(Person::Coop),
    }
}

/// A coop, or advice for those who wrote the name of a person.
fn coop_or_advice(text: &str, reader: &Reader<'_>) -> Result<CoopId, Complaint> {
    reader.coop(text).map_err(|mut complaint| {
        if complaint.hint.as_ref().is_none_or(|hint| !hint.starts_with("did you mean")) {
            let name = schema::in_line(text);
            let hint = format!(
                "write the id of a coop; for a person `{{name: {name}, consent: …}}`, with `true` \
                 once that person has agreed to be named"
            );
            complaint.hint = Some(hint);
        }
        complaint
    })
}
