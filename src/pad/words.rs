//! The words by which a pad says what is what.

use super::parts;
use super::sections::{Column, Section};
use crate::content::values::{Kind, MatchStatus, Role};
use crate::directory;
use crate::language::Tokenizer;

/// What a word in a pad can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// What follows is this.
    Section(Section),
    /// A kind of help.
    Help(Kind),
    /// As what somebody took part.
    Role(Role),
    /// It was sent in writing.
    Written,
    /// Somebody agreed to be named.
    Consent,
    /// When somebody came or left.
    Attendance,
    /// What both sides of an introduction said.
    Status(MatchStatus),
    /// What became of an introduction of an earlier call, in other words.
    Outcome(MatchStatus),
    /// Who leads the call.
    Facilitator,
    /// Who writes it down.
    NoteTaker,
    /// What a column of a table holds.
    Column(Column),
    /// An action is not to be done any more.
    Dropped,
    /// The coop that follows goes on with an action.
    HandedTo,
    /// The coop before this goes on with an action.
    TakesOver,
    /// There is nothing to say.
    Nothing,
}

/// Words that are known whatever the languages of the site: English, Spanish, Portuguese, French.
const KNOWN: &[(Meaning, &str)] = &[
    (
        Meaning::Section(Section::Present),
        "present|presentes|presents|presence|attendance|attending|attendees|participants|participantes|\
         asistentes|asistencia|asistieron|participaron|quienes participaron|quien participo|quienes estuvieron|quem participou|quem esteve|qui a participe|estuvieron|vinieron|compareceram|estiveram|vieram|participants et participantes|\
         ont participe|anwesend|anwesende|teilnehmende|teilnehmer|teilnehmerinnen|presenti|partecipanti|who attended|attended|who came|who was there|who is here|who took part|quien vino",
    ),
    (
        Meaning::Section(Section::Review),
        "earlier introductions|previous introductions|past introductions|review of introductions|what became of introductions|\
         presentaciones anteriores|que fue de las presentaciones|apresentacoes anteriores|o que foi das apresentacoes|\
         mises en relation precedentes|mises en relation anterieures|presentations precedentes",
    ),
    (
        Meaning::Section(Section::About),
        "about|who we are|about us|quienes somos|quem somos|sobre|sobre nosotros|qui nous sommes|\
         qui sommes nous|round 1|ronda 1|rodada 1|tour 1|first round|primera ronda|primeira rodada|\
         premier tour",
    ),
    (
        Meaning::Section(Section::Needs),
        "need|needs|what we need|necesidad|necesidades|necesita|necesitan|necesitamos|que necesitamos|lo que necesitamos|\
         necessidade|necessidades|precisa|precisam|precisamos|o que precisamos|do que precisamos|\
         ce dont nous avons besoin|nous avons besoin|besoin|besoins|busca|buscan|buscamos|\
         looking for|round 2|ronda 2|rodada 2|tour 2|second round|segunda ronda|segunda rodada|\
         deuxieme tour",
    ),
    (
        Meaning::Section(Section::Offers),
        "offer|offers|what we offer|oferta|ofertas|ofrece|ofrecen|ofrecemos|que ofrecemos|oferece|\
         oferecem|oferecemos|o que oferecemos|lo que ofrecemos|ce que nous offrons|offre|offres|offrons|can give|round 3|ronda 3|rodada 3|tour 3|third round|\
         tercera ronda|terceira rodada|troisieme tour",
    ),
    (
        Meaning::Section(Section::Introductions),
        "introduction|introductions|match|matches|matches made|emparejamientos|encuentros|presentaciones|conexiones|conexoes|\
         apresentacoes|encontros|mises en relation",
    ),
    (
        Meaning::Section(Section::Decisions),
        "decision|decisions|decided|decisiones|acuerdo|acuerdos|decisao|decisoes|acordo|acordos",
    ),
    (
        Meaning::Section(Section::Actions),
        "action|actions|action points|to do|todo|todos|next steps|proximos pasos|proximos passos|prochaines etapes|accion|acciones|tareas|acao|acoes|tarefas|taches",
    ),
    (
        Meaning::Section(Section::Notes),
        "note|notes|notas|apuntes|other|anything else|varios|otros|outros|divers",
    ),
    (Meaning::Help(Kind::Financial), "financial|money|financiero|financiera|financeiro|financier"),
    (Meaning::Help(Kind::Human), "human|people|humano|humana|humain"),
    (Meaning::Help(Kind::Technical), "technical|tecnico|tecnica|technique"),
    (Meaning::Help(Kind::Knowledge), "knowledge|conocimiento|conocimientos|conhecimento|savoir"),
    (
        Meaning::Role(Role::Observer),
        "observer|observers|observador|observadora|listening|oyente|observateur",
    ),
    (
        Meaning::Role(Role::Apology),
        "apology|apologies|missing|faltou|faltaram|falto|faltaron|disculpas|desculpas|ausentes|sent apologies|sends apologies|excused|excusa|se excusa|se disculpa|se disculpo|no pudo|no pudo venir|no vino|nao pode vir|nao veio|not here|could not come|did not come|n'est pas venu|absent|\
         ausente|excuse",
    ),
    (Meaning::Written, "written|in writing|by mail|por escrito|em escrito|par ecrit"),
    (
        Meaning::Consent,
        "consent|consents|with consent|agrees to be named|may be named|can be named|consiente|\
         con consentimiento|acepta que se le nombre|puede ser nombrado|puede ser nombrada|se le puede nombrar|com consentimento|\
         pode ser nomeado|pode ser nomeada|peut etre nomme|peut etre nommee|d'accord",
    ),
    (
        Meaning::Attendance,
        "late|early|came late|arrived late|joined late|left early|left|had to leave|on time|by phone|remotely|online|\
         tarde|llega tarde|llego tarde|llegaron tarde|mas tarde|se fue antes|se fue pronto|se fueron antes|a tiempo|en linea|\
         por telefono|chegou tarde|chegaram tarde|chegou atrasado|chegou atrasada|atrasado|atrasada|saiu cedo|saiu mais cedo|\
         saiu antes|a tempo|por telefone|en retard|retard|arrive en retard|arrivee en retard|parti tot|partie tot|parti plus tot|\
         partie plus tot|a l'heure|par telephone|en ligne",
    ),
    (
        Meaning::Status(MatchStatus::Introduced),
        "introduced|maybe|let us think|presentados|presentadas|tal vez|quizas|apresentados|apresentadas|talvez|peut-etre|\
         vielleicht|forse",
    ),
    (
        Meaning::Status(MatchStatus::Agreed),
        "agreed|yes|acordado|acordada|si|sim|oui|d'accord|ja|vereinbart|abgemacht|d'accordo|concordato",
    ),
    (
        Meaning::Status(MatchStatus::Declined),
        "declined|no|rechazado|rechazada|recusado|recusada|nao|non|refuse|nein|abgelehnt|rifiutato|rifiutata",
    ),
    (
        Meaning::Status(MatchStatus::Fulfilled),
        "fulfilled|done|hecho|cumplido|feito|fait|erledigt|fatto|fatta",
    ),
    (
        Meaning::Outcome(MatchStatus::Agreed),
        "they agreed|they have agreed|both agreed|have agreed|de acuerdo|acordaron|se pusieron de acuerdo|llegaron a un acuerdo|de acordo|\
         concordaram|chegaram a um acordo|ils sont d'accord|elles sont d'accord|accord trouve",
    ),
    (
        Meaning::Outcome(MatchStatus::Fulfilled),
        "it is done|it was done|they did it|esta hecho|se hizo|ya esta hecho|cumplida|esta feito|foi feito|cumprido|cumprida|\
         c'est fait|faite|realise|realisee",
    ),
    (
        Meaning::Outcome(MatchStatus::Declined),
        "they declined|they decided against it|they said no|decidieron que no|dijeron que no|decidiram que nao|disseram que nao|\
         refusee|ils ont refuse|elles ont refuse|ont dit non",
    ),
    (
        Meaning::Outcome(MatchStatus::Lapsed),
        "lapsed|nothing came of it|nothing came of this|nothing came of that|came to nothing|it came to nothing|no salio nada|\
         no salio nada de ahi|al final no salio nada|quedo en nada|no resulto|sin resultado|nao deu em nada|\
         nao resultou em nada|ficou em nada|sem resultado|rien n'en est sorti|ca n'a rien donne|cela n'a rien donne|sans suite|\
         daraus wurde nichts|nichts daraus geworden|non se n'e fatto nulla|non se ne e fatto nulla",
    ),
    (
        Meaning::Outcome(MatchStatus::Introduced),
        "still waiting|waiting|not yet|no news|no news yet|no answer yet|todavia no|aun no|sin noticias|en espera|ainda nao|sem noticias|\
         a espera|pas encore|pas de nouvelles|en attente|noch nicht|non ancora|in attesa",
    ),
    (
        Meaning::Facilitator,
        "facilitator|facilitation|facilita|facilito|facilitou|facilitacion|facilitadora|facilitador",
    ),
    (
        Meaning::NoteTaker,
        "note taker|notetaker|notes by|toma notas|tomo notas|toma de notas|relatoria|anota|anotacoes",
    ),
    (Meaning::Section(Section::Notes), "حواشي"),
    (
        Meaning::Column(Column::Who),
        "who|coop|co-op|coops|cooperative|organisation|organization|group|member|responsible|owner|who does it|by whom|\
         quien|cooperativa|organizacion|grupo|responsable|quien lo hace|quem|organizacao|responsavel|quem faz|\
         qui|groupe|qui le fait",
    ),
    (
        Meaning::Column(Column::Person),
        "name|person|delegate|contact|nombre|persona|delegada|delegado|contacto|nome|pessoa|contato|nom|personne|delegue|\
         deleguee",
    ),
    (
        Meaning::Column(Column::What),
        "what|title|description|text|item|task|que|titulo|descripcion|texto|tarea|o que|descricao|tarefa|quoi|titre|texte|\
         tache",
    ),
    (
        Meaning::Column(Column::Kind),
        "kind|kind of help|type|type of help|tipo|tipo de ayuda|tipo de ajuda|type d'aide|genre",
    ),
    (Meaning::Column(Column::Language), "language|lang|idioma|lengua|lingua|langue"),
    (
        Meaning::Column(Column::Until),
        "until|due|due date|by|by when|when|date|day|deadline|last day|hasta|hasta cuando|cuando|fecha|plazo|dia|ate|ate quando|\
         quando|data|prazo|jusqu'a|jusqu'au|quand|pour quand|echeance|jour",
    ),
    (Meaning::Column(Column::Done), "done|done?|hecho|hecha|feito|feita|fait|faite"),
    (Meaning::Column(Column::Status), "status|outcome|estado|resultado|statut|resultat"),
    (
        Meaning::Column(Column::Note),
        "remark|remarks|comment|comments|nota|observaciones|comentario|comentarios|observacoes|remarque|remarques|\
         commentaire|commentaires",
    ),
    (
        Meaning::Dropped,
        "dropped|is dropped|was dropped|given up|gave up|we gave up|cancelled|canceled|abandoned|no longer needed|not needed any more|\
         descartado|descartada|abandonado|abandonada|cancelado|cancelada|ya no hace falta|ya no se hace|\
         desistimos|ja nao e preciso|abandonne|abandonnee|annule|annulee|laisse tomber|plus besoin|\
         aufgegeben|gestrichen|verworfen|entfallt|abbandonato|abbandonata|annullato|annullata",
    ),
    (
        Meaning::HandedTo,
        "handed to|handed over to|hand over to|is handed to|was handed to|passed to|passed on to|goes to|now with|taken over by|\
         pasa a|pasado a|pasada a|paso a|queda a cargo de|ahora con|passa para|passado para|passada para|passou para|agora com|\
         confie a|confiee a|transmis a|transmise a|passe a|repris par|reprise par|\
         ubergeben an|geht an|ubernommen von|passato a|passata a|affidato a|affidata a",
    ),
    (
        Meaning::TakesOver,
        "does it|does it now|takes it|takes it over|takes over|will do it|lo hace|lo hace ahora|se encarga|faz isso|faz agora|assume|\
         le fait|le fait maintenant|s'en charge|prend le relais|macht es|macht es jetzt|ubernimmt|ubernimmt es|lo fa|lo fa ora|se ne occupa",
    ),
    (
        Meaning::Nothing,
        "nothing|none|nothing right now|nothing now|nothing at the moment|nothing for now|nothing new|nothing today|nothing this time|\
         no needs|no offers|no need|no offer|none right now|none at the moment|\
         nada|nada por ahora|por ahora nada|nada nuevo|ninguna|ninguno|de momento nada|nada por agora|por agora nada|nada de novo|nenhuma|nenhum|\
         rien|rien pour l'instant|rien pour le moment|rien de nouveau|aucun|aucune|\
         nichts|nichts zurzeit|zurzeit nichts|im moment nichts|derzeit nichts|nichts neues|keine|\
         niente|niente per ora|per ora niente|niente di nuovo|nulla|nessuno|nessuna",
    ),
];

/// The words that a pad is read with.
pub struct Words(Vec<(String, Meaning)>);

impl Words {
    /// The known words, and those of the site's own languages, which come first.
    pub fn new<'a>(own: impl IntoIterator<Item = (Meaning, &'a str)>) -> Words {
        let known =
            KNOWN.iter().flat_map(|(meaning, words)| words.split('|').map(|it| (*meaning, it)));
        let all = own.into_iter().chain(known);
        Words(all.map(|(meaning, words)| (fold(words), meaning)).collect())
    }

    /// What the whole of a text says, of what is asked for.
    pub fn meaning<T>(&self, text: &str, pick: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        let folded = fold(text);
        let mut found = self.0.iter().filter(|(words, _)| *words == folded);
        found.find_map(|(_, meaning)| pick(*meaning))
    }

    /// The section that a heading names: the whole of it, or else one and only one of those whose
    /// words are in it. What stands before a colon and what stands after it must both name it.
    pub fn section(&self, heading: &str) -> Option<Section> {
        let whole = self.within(heading)?;
        let is_said_twice = |(name, rest): (&str, &str)| {
            rest.is_empty()
                || (self.within(name) == Some(whole) && self.within(rest) == Some(whole))
        };
        let is_known = self.meaning(heading, section) == Some(whole);
        (is_known || parts::label(heading).is_none_or(is_said_twice)).then_some(whole)
    }

    /// Every outcome of an introduction whose words, of those that count, are in a text.
    pub(super) fn outcomes_within(
        &self,
        text: &str,
        counts: impl Fn(&str) -> bool,
    ) -> Vec<MatchStatus> {
        let padded = format!(" {} ", fold(text));
        let is_in = |words: &str| padded.contains(&format!(" {words} "));
        let all = self.0.iter().filter(|(words, _)| counts(words) && is_in(words));
        all.filter_map(|(_, meaning)| outcome(*meaning)).collect()
    }

    /// Whether a text says when somebody came or left, perhaps with some words more; a name does not.
    pub(super) fn is_attendance(&self, text: &str) -> bool {
        let padded = format!(" {} ", fold(text));
        let has = |words: &str| padded.contains(&format!(" {words} "));
        let mut all = self.0.iter().filter(|(_, meaning)| *meaning == Meaning::Attendance);
        let is_name =
            text.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        !is_name && all.any(|(words, _)| has(words))
    }

    fn within(&self, heading: &str) -> Option<Section> {
        self.meaning(heading, section).or_else(|| {
            let padded = format!(" {} ", fold(heading));
            let has = |words: &str| padded.contains(&format!(" {words} "));
            let found: Vec<(&str, Section)> = self
                .0
                .iter()
                .filter_map(|(words, meaning)| Some((words.as_str(), section(*meaning)?)))
                .filter(|(words, _)| has(words))
                .collect();
            // "Earlier introductions" are not "introductions".
            let is_part = |words: &str| {
                let is_within = |other: &str| format!(" {other} ").contains(&format!(" {words} "));
                found.iter().any(|(other, _)| *other != words && is_within(other))
            };
            let whole = found.iter().filter(|(words, _)| !is_part(words));
            let mut named: Vec<Section> = whole.map(|(_, section)| *section).collect();
            named.sort_unstable();
            named.dedup();
            match named.as_slice() {
                [one] => Some(*one),
                _ => None,
            }
        })
    }
}

/// The outcome that a meaning is.
fn outcome(meaning: Meaning) -> Option<MatchStatus> {
    match meaning {
        Meaning::Status(status) | Meaning::Outcome(status) => Some(status),
        _ => None,
    }
}

/// The section of a meaning.
pub(super) fn section(meaning: Meaning) -> Option<Section> {
    match meaning {
        Meaning::Section(section) => Some(section),
        _ => None,
    }
}

/// A text as it is compared: its words as search cuts them, with single spaces between.
pub(crate) fn fold(text: &str) -> String {
    let mut words = Vec::new();
    Tokenizer::default().each(text, |word| words.push(word.to_owned()));
    words.join(" ")
}

/// A text as its meaning is compared: with all its signs but capitals, white space, Markdown marks, and the stops
/// at the ends of its words. So C is not C++, and 10 € are not 10 $.
pub(super) fn same(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '*' | '_' | '`');
    let is_end = |c: char| is_mark(c) || ".,;:!…。，、；：".contains(c);
    let words = text.split_whitespace().map(|word| word.trim_start_matches(is_mark));
    let words = words.map(|word| word.trim_end_matches(is_end)).filter(|word| !word.is_empty());
    directory::fold(&words.collect::<Vec<_>>().join(" "))
}

/// Whether a text has the words of another, whole and in a row.
pub(super) fn has_words(text: &str, part: &str) -> bool {
    let part = same(part);
    part.is_empty() || format!(" {} ", same(text)).contains(&format!(" {part} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_but_for_capitals_white_space_marks_and_stops() {
        for (one, other, is_same) in [
            ("We  use **C**.", "we use c", true),
            ("We use C", "We use C++", false),
            ("The fee is 10 €", "The fee is 10 $", false),
            ("Is it so?", "It is so", false),
            ("Panadería", "Panaderia", false),
            ("\u{1f600}", "", false),
        ] {
            assert_eq!(same(one) == same(other), is_same, "{one} / {other}");
        }
        assert!(has_words("So: we mill, a lot.", "We mill") && has_words("", ""));
        assert!(!has_words("We employ 120 people", "We employ 12") && !has_words("Come.", "Co"));
    }

    #[test]
    fn headings_are_known_in_several_languages() {
        let words = Words::new([(Meaning::Section(Section::Needs), "Ce de care avem nevoie")]);
        for (heading, section) in [
            ("Second round: what we need", Some(Section::Needs)),
            ("NECESIDADES", Some(Section::Needs)),
            ("2. Besoins", Some(Section::Needs)),
            ("Ce de care avem nevoie", Some(Section::Needs)),
            ("Décisions", Some(Section::Decisions)),
            ("Ações", Some(Section::Actions)),
            ("Needs and offers", None),
            ("Round 2: needs of today", Some(Section::Needs)),
            ("Zeppelin: needs", None),
            ("Lunch", None),
        ] {
            assert_eq!(words.section(heading), section, "{heading}");
        }
    }
}
