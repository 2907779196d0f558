//! Values that are one of a few words, such as the kind of help or the status of a coop.

use super::advice;
pub(crate) use super::advice::Choice;
use super::values::Complaint;
use crate::diagnostic::Code;

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal $([$($also:literal)*])?,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names are the words that authors write")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every choice, in the order in which they are listed.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The words that authors write, in the same order, with what people write for each.
            pub(crate) const CHOICES: &[Choice] = &[$(($text, &[$($($also,)*)?]),)*];

            /// The word that authors write.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// Reads the word that authors write.
            pub fn parse(text: &str) -> Result<Self, Complaint> {
                match text {
                    $($text => Ok($name::$variant),)*
                    _ => Err(not_a_choice(text, $name::CHOICES)),
                }
            }
        }
    };
}

// In brackets stand words that people write for one, in the languages of the first sites: their letters and digits
// alone, small and without accents.

choices! {
    /// Who may see an entry or a contact.
    Visibility {
        Public = "public" ["publico" "publique" "offentlich" "pubblico" "open" "everyone" "all"],
        Network = "network" [
            "members" "internal" "red" "rede" "reseau" "netzwerk" "rete" "interno" "interna"
            "interne" "intern" "miembros" "membros" "membres" "mitglieder" "membri"
        ],
        Private = "private" [
            "hidden" "secret" "privado" "privada" "prive" "privee" "privat" "privato" "oculto"
            "geheim" "nobody"
        ],
    }
}
choices! {
    /// What a need or an offer is about.
    Kind {
        Financial = "financial" [
            "money" "funding" "finance" "financiero" "financiera" "financeiro" "financeira"
            "financier" "financiere" "finanziell" "finanziario" "finanziaria" "dinero" "dinheiro"
            "argent" "geld" "denaro" "fondos"
        ],
        Human = "human" [
            "people" "humano" "humana" "humain" "humaine" "menschlich" "personell" "umano" "umana"
            "personas" "pessoas" "personnes" "menschen" "persone" "labour" "labor" "work" "trabajo"
        ],
        Technical = "technical" [
            "tech" "technology" "tecnico" "tecnica" "technique" "technisch" "technik" "tecnologia"
            "technologie" "equipment" "material"
        ],
        Knowledge = "knowledge" [
            "skills" "conocimiento" "conocimientos" "conhecimento" "conhecimentos" "savoir"
            "connaissance" "connaissances" "wissen" "conoscenza" "conoscenze" "advice" "training"
            "saberes"
        ],
    }
}
choices! {
    /// The legal or social form of a coop.
    Form {
        Worker = "worker" [
            "trabajo" "trabajadores" "trabalho" "trabalhadores" "travail" "travailleurs" "scop"
            "arbeiter" "beschaftigte" "lavoro" "lavoratori" "workercoop" "trabajoasociado"
        ],
        Platform = "platform" ["plataforma" "plateforme" "plattform" "piattaforma"],
        Producer = "producer" [
            "productor" "productores" "produtor" "produtores" "producteur" "producteurs"
            "erzeuger" "produzenten" "produttore" "produttori" "agricultural"
        ],
        Consumer = "consumer" [
            "consumo" "consumidores" "consommation" "consommateurs" "verbraucher" "konsum"
            "consumatori"
        ],
        MultiStakeholder = "multi-stakeholder" ["scic" "mixta" "mista" "mixte" "gemischt"],
        CreditUnion = "credit-union" [
            "credito" "creditunion" "bank" "ahorroycredito" "cooperativadecredito" "kreditgenossenschaft"
        ],
        CommunityNetwork = "community-network" ["redcomunitaria" "redecomunitaria" "reseaucommunautaire"],
        Hub = "hub" ["incubator" "incubadora"],
        Network = "network" [
            "federation" "red" "rede" "reseau" "netzwerk" "rete" "federacion" "federacao"
            "verband" "federazione" "consorzio" "consortium"
        ],
        Other = "other" ["otro" "otra" "outro" "outra" "autre" "andere" "sonstige" "altro" "altra"],
    }
}
choices! {
    /// How much a coop is at work.
    CoopStatus {
        Active = "active" ["activo" "activa" "ativo" "ativa" "actif" "aktiv" "attivo" "attiva"],
        Starting = "starting" [
            "new" "nueva" "nuevo" "nova" "novo" "nouvelle" "neu" "nuova" "nuovo" "started"
            "empezando" "comecando" "ingrundung" "naissante"
        ],
        Dormant = "dormant" [
            "inactive" "paused" "inactivo" "inactiva" "inativo" "inativa" "inactif" "inaktiv"
            "ruhend" "inattivo" "inattiva" "dormida"
        ],
        Closed = "closed" [
            "cerrado" "cerrada" "fechado" "fechada" "ferme" "fermee" "geschlossen" "aufgelost"
            "chiuso" "chiusa" "dissolved"
        ],
    }
}
choices! {
    /// How exactly a coop's coordinates are shown.
    Precision {
        Exact = "exact" ["exacto" "exacta" "exato" "exata" "genau" "esatto" "esatta" "precise"],
        City = "city" ["town" "ciudad" "cidade" "ville" "stadt" "citta"],
        Country = "country" ["pais" "pays" "land" "paese"],
    }
}
choices! {
    /// How help can be given.
    Mode {
        Remote = "remote" [
            "online" "virtual" "remoto" "remota" "adistancia" "distancia" "adistance" "distance"
            "enligne" "entfernt" "fern" "digital" "adistanza" "distanza"
        ],
        Onsite = "onsite" [
            "inperson" "local" "presencial" "presentiel" "surplace" "vorort" "inpresenza"
            "presenza" "enpersona" "sulposto"
        ],
        Either = "either" [
            "both" "any" "hybrid" "ambos" "ambas" "cualquiera" "qualquer" "lesdeux" "hybride"
            "beides" "egal" "hibrido" "mixto" "misto" "entrambi" "indifferent"
        ],
    }
}
choices! {
    /// On what terms.
    Basis {
        Gift = "gift" [
            "free" "donation" "regalo" "donacion" "gratis" "doacao" "don" "gratuit" "geschenk"
            "spende" "kostenlos" "dono" "donazione" "gratuito" "presente"
        ],
        Loan = "loan" [
            "lend" "borrow" "prestamo" "emprestimo" "pret" "leihe" "darlehen" "kredit" "prestito"
        ],
        Exchange = "exchange" [
            "barter" "swap" "intercambio" "trueque" "troca" "echange" "tausch" "scambio" "baratto"
        ],
        Paid = "paid" [
            "money" "payment" "pagado" "pagada" "pago" "paga" "paye" "payant" "bezahlt" "pagato"
            "pagamento" "remunerado" "rate" "fee"
        ],
        Negotiable = "negotiable" [
            "negociable" "negociavel" "anegocier" "verhandelbar" "vb" "negoziabile" "trattabile"
            "tobeagreed" "open"
        ],
    }
}
choices! {
    /// How soon.
    Urgency {
        Low = "low" ["bajo" "baja" "baixo" "baixa" "bas" "basse" "faible" "niedrig" "basso" "bassa"],
        Normal = "normal" ["medium" "medio" "media" "moyen" "moyenne" "mittel" "normale"],
        High = "high" [
            "urgent" "alto" "alta" "haut" "haute" "eleve" "elevee" "hoch" "urgente" "dringend"
        ],
    }
}
choices! {
    /// What became of a need.
    NeedStatus {
        Open = "open" ["abierto" "abierta" "aberto" "aberta" "ouvert" "ouverte" "offen" "aperto" "aperta" "active"],
        Parked = "parked" ["paused" "onhold" "enpausa" "pausado" "empausa" "enpause" "pausiert" "inpausa" "later"],
        PartlyMet = "partly-met" [
            "partial" "partially" "partiallymet" "parcial" "parcialmente" "partiel" "partiellement"
            "teilweise" "parziale" "parzialmente"
        ],
        Met = "met" [
            "done" "solved" "closed" "fulfilled" "cubierta" "cubierto" "resuelta" "resuelto"
            "atendida" "atendido" "resolvida" "resolvido" "satisfait" "resolu" "erfullt"
            "erledigt" "soddisfatto" "soddisfatta" "risolto"
        ],
        Withdrawn = "withdrawn" [
            "cancelled" "canceled" "retirada" "retirado" "retire" "retiree" "zuruckgezogen"
            "ritirato" "ritirata"
        ],
    }
}
choices! {
    /// What became of an offer.
    OfferStatus {
        Open = "open" [
            "abierto" "abierta" "aberto" "aberta" "ouvert" "ouverte" "offen" "aperto" "aperta"
            "active" "available" "disponible" "disponivel" "verfugbar" "disponibile"
        ],
        Parked = "parked" ["paused" "onhold" "enpausa" "pausado" "empausa" "enpause" "pausiert" "inpausa" "later"],
        Exhausted = "exhausted" [
            "done" "given" "taken" "gone" "agotada" "agotado" "esgotada" "esgotado" "epuise"
            "epuisee" "erschopft" "vergeben" "esaurito" "esaurita" "closed"
        ],
        Withdrawn = "withdrawn" [
            "cancelled" "canceled" "retirada" "retirado" "retire" "retiree" "zuruckgezogen"
            "ritirato" "ritirata"
        ],
    }
}
choices! {
    /// What people decided about a match.
    MatchStatus {
        Introduced = "introduced" [
            "presentados" "presentado" "apresentados" "apresentado" "misenrelation" "vorgestellt"
            "presentati" "introduction"
        ],
        Agreed = "agreed" [
            "acordado" "acordada" "deacuerdo" "combinado" "convenu" "daccord" "vereinbart"
            "einig" "concordato" "accordo" "accepted"
        ],
        Fulfilled = "fulfilled" [
            "done" "completed" "cumplido" "cumplida" "cumprido" "cumprida" "accompli" "realise"
            "erfullt" "erledigt" "compiuto" "realizzato"
        ],
        Declined = "declined" [
            "rejected" "refused" "rechazado" "rechazada" "recusado" "recusada" "refuse" "decline"
            "abgelehnt" "rifiutato" "rifiutata"
        ],
        Lapsed = "lapsed" [
            "expired" "stale" "caducado" "vencido" "caduco" "caduc" "expire" "verfallen"
            "eingeschlafen" "scaduto" "decaduto"
        ],
    }
}

impl MatchStatus {
    /// Something may still become of it.
    pub fn goes_on(self) -> bool {
        matches!(self, MatchStatus::Introduced | MatchStatus::Agreed)
    }
}

choices! {
    /// Where a call stands.
    CallStatus {
        Planned = "planned" [
            "upcoming" "scheduled" "planificada" "prevista" "planejada" "prevu" "prevue" "geplant"
            "pianificata" "previsto"
        ],
        Held = "held" [
            "past" "done" "finished" "celebrada" "realizada" "hecha" "feita" "tenu" "tenue" "passe"
            "abgehalten" "gehalten" "tenuta" "svolta"
        ],
        Cancelled = "cancelled" [
            "canceled" "cancelada" "cancelado" "annule" "annulee" "abgesagt" "annullata"
            "annullato"
        ],
    }
}
choices! {
    /// As what somebody took part in a call.
    Role {
        Delegate = "delegate" ["speaker" "delegado" "delegada" "delegue" "deleguee" "delegierte" "delegato" "delegata"],
        Observer = "observer" ["guest" "observador" "observadora" "observateur" "beobachter" "osservatore" "listener"],
        Apology = "apology" [
            "apologies" "absent" "excused" "ausente" "disculpa" "excuse" "entschuldigt" "assente"
            "giustificato" "justificado"
        ],
    }
}
choices! {
    /// How somebody can be reached.
    ContactType {
        Email = "email" ["mail" "correo" "courriel" "correio" "postaelettronica" "correoelectronico"],
        Phone = "phone" [
            "telephone" "mobile" "tel" "telefono" "telefone" "telefon" "handy" "cellulare" "movil"
            "celular" "whatsapp"
        ],
        Matrix = "matrix" ["element" "chat"],
        Signal = "signal",
        Fediverse = "fediverse" ["mastodon" "activitypub" "fediverso"],
        Form = "form" ["formulario" "formulaire" "formular" "modulo" "contactform"],
        Url = "url" ["website" "web" "site" "link" "sitio" "siteweb" "webseite" "sitoweb" "sito"],
        Post = "post" [
            "address" "direccion" "endereco" "adresse" "anschrift" "indirizzo" "mailaddress"
            "postal" "brief"
        ],
    }
}
choices! {
    /// What a link leads to.
    LinkType {
        Code = "code" ["repository" "repo" "git" "github" "gitlab" "codigo" "quelltext" "codice"],
        Handbook = "handbook" ["docs" "documentation" "wiki" "manual" "manuel" "handbuch" "manuale" "guide"],
        Chat = "chat" ["matrix" "forum" "foro" "irc"],
        Social = "social" ["mastodon" "fediverse" "redsocial" "redesocial" "socialmedia"],
        Other = "other" ["otro" "outro" "autre" "andere" "altro" "website" "web"],
    }
}
choices! {
    /// An index that a site publishes for other tools.
    SearchExport { Lunr = "lunr", }
}
choices! {
    /// What a site can weigh when needs and offers are matched.
    Weight {
        Topics = "topics", Text = "text", Kind = "kind", Language = "language", Place = "place",
        Dates = "dates", Basis = "basis", Amount = "amount", Experience = "experience",
    }
}
choices! {
    /// A yes or a no.
    YesNo {
        Yes = "true" ["yes" "y" "on" "si" "sim" "oui" "ja" "1"],
        No = "false" ["no" "n" "off" "nao" "non" "nein" "0"],
    }
}

fn not_a_choice(text: &str, choices: &[Choice]) -> Complaint {
    let what = "which is not a word that this field takes";
    Complaint::new(Code::UnknownChoice, what, advice::choice(text, choices))
}
