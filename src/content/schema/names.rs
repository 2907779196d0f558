//! What people call things that stand in several tables, in the languages of the first sites.
//!
//! Each name is its [`letters`] alone; spaces stand between names.
//!
//! [`letters`]: crate::characters::letters

/// Whether a name is one of these.
pub(crate) fn has(names: &str, name: &str) -> bool {
    names.split(' ').any(|it| it == name)
}

pub(crate) const COUNTRY: &str = "country pais pays land paese nation nazione staat countrycode";
pub(crate) const CITY: &str = "city town ciudad cidade ville stadt ort citta localidad localidade locality municipality \
    municipio comune commune";
pub(crate) const LANGUAGES: &str =
    "language idioma idiomas lingua linguas langue langues sprache sprachen lingue";
pub(crate) const STATUS: &str = "state estado statut stand stato zustand situacion";
pub(crate) const PLACES: &str = "location address ubicacion localizacion localizacao direccion endereco adresse anschrift \
    indirizzo standort lieu lugar luogo emplacement";
pub(crate) const CONTACTS: &str =
    "contacts contacto contactos contato contatos kontakt kontakte contatto contatti";
pub(crate) const EMAIL: &str = "email mail contactemail emailaddress correo correoelectronico courriel correio \
    postaelettronica";
pub(crate) const PHONE: &str =
    "phone telephone tel telefono telefone telefon mobile movil handy cellulare phonenumber";
pub(crate) const LATITUDE: &str = "lat latitude latitud latitudine breitengrad breite";
pub(crate) const LONGITUDE: &str = "lon lng long longitude longitud longitudine langengrad lange";
pub(crate) const DATE: &str = "date day fecha data datum jour giorno dia";
pub(crate) const TIME: &str = "time hour hora heure uhrzeit zeit ora";
pub(crate) const FACILITATOR: &str = "moderator host chair facilitador facilitadora moderador moderadora animateur animatrice \
    moderation facilitatore facilitatrice";
pub(crate) const OWNER: &str = "owner assignee responsible quien quem qui wer chi responsable responsavel verantwortlich \
    responsabile";
pub(crate) const ZONE: &str =
    "timezone tz zone zonahoraria fusohorario fuseauhoraire zeitzone fusoorario";
pub(crate) const LENGTH: &str = "length duracion duracao duree dauer durata";
pub(crate) const ROOM: &str =
    "link url room zoom meet jitsi meetingurl joinurl enlace lien sala salle raum stanza";
/// Of a person.
pub(crate) const NAMES: &str = "nombre nome nom person wer quien quem chi";
pub(crate) const LICENCE: &str = "license licencia licenca lizenz licenza credit copyright rights";
pub(crate) const URL: &str = "link href address enlace lien web website site";
pub(crate) const VALUE: &str = "amount sum number valor wert valeur valore betrag";
