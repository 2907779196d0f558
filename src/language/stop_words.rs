//! Words that say nothing of what a text is about, by language: the small words of grammar, and what
//! every need and offer says. Folded as the tokenizer folds, in alphabetical order.

/// Whether a folded word says nothing in a language; other languages have no list yet.
pub(crate) fn is_stop_word(language: &str, word: &str) -> bool {
    list(language).binary_search(&word).is_ok()
}

/// Whether a folded word only links others, so that labels and texts may have it or not: articles,
/// prepositions, "my" and "our".
pub(crate) fn is_link_word(language: &str, word: &str) -> bool {
    link_words(language).binary_search(&word).is_ok()
}

fn link_words(language: &str) -> &'static [&'static str] {
    match language {
        "en" => &[
            "a", "an", "and", "at", "for", "from", "her", "his", "in", "its", "my", "of", "on",
            "or", "our", "s", "some", "the", "their", "these", "this", "those", "to", "with",
            "your",
        ],
        "es" => &[
            "a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "lo", "los", "mi", "mis",
            "nuestra", "nuestras", "nuestro", "nuestros", "o", "para", "por", "su", "sus", "tu",
            "tus", "un", "una", "unas", "unos", "vuestra", "vuestro", "y",
        ],
        "pt" => &[
            "a", "ao", "aos", "as", "com", "da", "das", "de", "do", "dos", "e", "em", "meu",
            "minha", "na", "nas", "no", "nos", "nossa", "nossas", "nosso", "nossos", "o", "os",
            "ou", "para", "por", "seu", "seus", "sua", "suas", "um", "uma", "umas", "uns",
        ],
        "fr" => &[
            "a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le",
            "les", "leur", "leurs", "mes", "mon", "nos", "notre", "ou", "par", "pour", "sa", "ses",
            "son", "sur", "un", "une", "vos", "votre",
        ],
        _ => &[],
    }
}

/// The folded words that say nothing of what somebody looks for: they link others, or they are of those by
/// which one asks, "how do we".
pub(crate) fn small_words(language: &str) -> impl Iterator<Item = &'static str> {
    let asking: &'static [&'static str] = match language {
        "en" => &[
            "about", "am", "any", "are", "as", "be", "by", "can", "could", "did", "do", "does",
            "has", "have", "he", "how", "i", "if", "is", "it", "me", "not", "she", "should", "so",
            "that", "there", "they", "us", "was", "we", "were", "what", "when", "where", "which",
            "who", "why", "will", "would", "you",
        ],
        "es" => &[
            "como", "cual", "cuando", "donde", "ella", "es", "eso", "esta", "este", "ha", "hay",
            "he", "le", "les", "me", "no", "nos", "os", "pero", "porque", "que", "quien",
            "quienes", "se", "si", "sin", "son", "te", "ya", "yo",
        ],
        "pt" => &[
            "como", "ela", "ele", "eu", "foi", "ha", "isso", "isto", "mas", "me", "muito", "nao",
            "onde", "porque", "pela", "pelo", "qual", "quando", "que", "quem", "se", "sem", "ser",
            "tem", "ter",
        ],
        "fr" => &[
            "ai", "ce", "ces", "cette", "comment", "elle", "est", "il", "ils", "je", "mais", "me",
            "ne", "nous", "on", "pas", "pourquoi", "qu", "quand", "que", "quel", "quelle", "qui",
            "quoi", "sans", "se", "si", "sont", "tu", "vous", "y",
        ],
        _ => &[],
    };
    link_words(language).iter().chain(asking).copied()
}

/// The languages whose small words are known.
pub(crate) const LANGUAGES: [&str; 4] = ["en", "es", "fr", "pt"];

fn list(language: &str) -> &'static [&'static str] {
    match language {
        "en" => ENGLISH,
        "es" => SPANISH,
        "pt" => PORTUGUESE,
        "fr" => FRENCH,
        _ => &[],
    }
}

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "above", "after", "afternoon", "afternoons", "afterwards", "again", "against",
    "all", "almost", "along", "already", "also", "although", "always", "am", "among", "an",
    "and", "another", "any", "anybody", "anyone", "anything", "are", "around", "as", "ask",
    "asks", "at", "away", "back", "be", "because", "become", "been", "before", "began", "begin",
    "being", "below", "best", "better", "between", "big", "both", "but", "by", "call", "calls",
    "came", "can", "cannot", "come", "comes", "coop", "cooperative", "cooperatives", "coops",
    "could", "day", "days", "did", "do", "does", "doing", "don", "done", "down", "during",
    "each", "eight", "either", "eleven", "else", "enough", "even", "ever", "every", "everybody",
    "everything", "few", "fifty", "find", "first", "five", "for", "forty", "four", "from",
    "further", "gave", "get", "gets", "give", "given", "gives", "go", "goes", "going", "good",
    "got", "had", "half", "has", "have", "having", "he", "help", "helped", "helping", "helps",
    "her", "here", "hers", "him", "his", "hour", "hours", "how", "hundred", "i", "if", "in",
    "instead", "into", "is", "it", "its", "itself", "just", "keep", "kind", "know", "known",
    "last", "later", "least", "leave", "leaves", "less", "let", "like", "little", "ll", "long",
    "look", "looking", "looks", "lot", "made", "make", "makes", "making", "many", "may",
    "maybe", "me", "member", "members", "might", "minute", "minutes", "month", "months", "more",
    "most", "much", "must", "my", "need", "needed", "needs", "never", "new", "next", "nine",
    "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "offer", "offered",
    "offers", "often", "old", "on", "once", "one", "ones", "only", "or", "other", "others",
    "our", "ours", "ourselves", "out", "over", "own", "part", "people", "perhaps", "please",
    "put", "quite", "rather", "re", "really", "rest", "run", "runs", "same", "say", "says",
    "see", "seek", "seeking", "seem", "send", "sends", "seven", "several", "shall", "she",
    "short", "should", "show", "shows", "simple", "since", "six", "sixty", "small", "so",
    "some", "somebody", "someone", "something", "soon", "still", "such", "take", "takes",
    "tell", "tells", "ten", "than", "that", "the", "their", "theirs", "them", "themselves",
    "then", "there", "these", "they", "thing", "things", "third", "thirty", "this", "those",
    "though", "thousand", "three", "through", "time", "times", "to", "today", "together",
    "tomorrow", "too", "twelve", "twenty", "two", "under", "until", "up", "upon", "us", "use",
    "used", "uses", "using", "ve", "very", "want", "wants", "was", "way", "ways", "we", "week",
    "weeks", "well", "went", "were", "what", "when", "where", "whether", "which", "while",
    "who", "whole", "whom", "whose", "why", "will", "wish", "with", "within", "without", "work",
    "working", "works", "would", "write", "writes", "written", "year", "years", "yes", "yet",
    "you", "your", "yours", "zero",
];

#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "a", "ahora", "al", "algo", "alguien", "algun", "alguna", "algunas", "alguno", "algunos",
    "ano", "anos", "ante", "antes", "aqui", "asi", "aun", "aunque", "ayuda", "ayudamos",
    "ayudar", "bajo", "bien", "buen", "buena", "bueno", "busca", "buscamos", "buscan", "cada",
    "casi", "cien", "cinco", "cincuenta", "como", "con", "contra", "conviene", "cooperativa",
    "cooperativas", "cosa", "cosas", "cual", "cuales", "cualquier", "cuando", "cuanto",
    "cuarenta", "cuatro", "de", "debe", "deben", "decir", "del", "desde", "despues", "dia",
    "dias", "diez", "doce", "donde", "dos", "e", "el", "ella", "ellas", "ellos", "en", "entre",
    "era", "eran", "eres", "es", "esa", "esas", "ese", "eso", "esos", "esta", "estaba",
    "estamos", "estan", "estar", "estas", "este", "esto", "estos", "estoy", "fue", "fueron",
    "gente", "grande", "grandes", "ha", "hace", "hacemos", "hacen", "hacer", "hacia", "haga",
    "hagan", "han", "hasta", "hay", "hemos", "hora", "horas", "hoy", "la", "las", "le", "les",
    "lo", "los", "mas", "me", "media", "medio", "mejor", "menos", "mes", "meses", "mi",
    "mientras", "mil", "minuto", "minutos", "mis", "misma", "mismas", "mismo", "mismos",
    "mitad", "mostrar", "mucha", "muchas", "mucho", "muchos", "muy", "nada", "nadie",
    "necesidad", "necesita", "necesitamos", "necesitan", "ni", "ningun", "ninguna", "no", "nos",
    "nosotras", "nosotros", "nuestra", "nuestras", "nuestro", "nuestros", "nueva", "nueve",
    "nuevo", "nunca", "o", "ocho", "oferta", "ofertas", "ofrece", "ofrecemos", "ofrecen",
    "once", "otra", "otras", "otro", "otros", "para", "parte", "pequena", "pequeno", "pero",
    "persona", "personas", "poca", "poco", "pocos", "podemos", "poder", "por", "porque",
    "primer", "primera", "primero", "pueda", "puede", "pueden", "pues", "que", "queremos",
    "quien", "quienes", "quiere", "quieren", "se", "sea", "sean", "segun", "seis", "semana",
    "semanas", "ser", "si", "sido", "siempre", "siendo", "siete", "sin", "sobre", "socias",
    "socios", "solo", "somos", "son", "soy", "su", "sus", "tal", "tambien", "tan", "tanto",
    "tarde", "tardes", "te", "tenemos", "tener", "tengo", "tiempo", "tiene", "tienen", "toda",
    "todas", "todavia", "todo", "todos", "trabaja", "trabajamos", "trabajar", "trabajo", "tras",
    "treinta", "tres", "tu", "tus", "u", "un", "una", "unas", "uno", "unos", "usted", "va",
    "vamos", "van", "varias", "varios", "veces", "veinte", "ver", "vez", "vosotros", "y", "ya",
    "yo",
];

#[rustfmt::skip]
const PORTUGUESE: &[&str] = &[
    "a", "agora", "ainda", "ajuda", "ajudamos", "ajudar", "alem", "algo", "alguem", "algum",
    "alguma", "algumas", "alguns", "ano", "anos", "antes", "ao", "aos", "apos", "aquela",
    "aquele", "aqueles", "aqui", "as", "assim", "ate", "bem", "boa", "bom", "busca", "buscamos",
    "cada", "cem", "cinco", "cinquenta", "coisa", "coisas", "com", "como", "contra",
    "cooperativa", "cooperativas", "da", "das", "de", "dela", "dele", "deles", "depois",
    "desde", "dessa", "desse", "desta", "deste", "dez", "dia", "dias", "do", "dois", "dos",
    "doze", "duas", "e", "ela", "elas", "ele", "eles", "em", "enquanto", "entao", "entre",
    "era", "eram", "essa", "essas", "esse", "esses", "esta", "estamos", "estao", "estar",
    "estas", "este", "estes", "estou", "eu", "faz", "fazem", "fazemos", "fazer", "foi", "foram",
    "gente", "grande", "grandes", "ha", "hoje", "hora", "horas", "isso", "isto", "ja", "la",
    "lhe", "lhes", "mais", "mas", "me", "meia", "meio", "menos", "mes", "meses", "mesma",
    "mesmo", "meu", "mil", "minha", "minuto", "minutos", "muita", "muitas", "muito", "muitos",
    "na", "nada", "nao", "nas", "necessidade", "necessidades", "nem", "nenhum", "nenhuma",
    "ninguem", "no", "nos", "nossa", "nossas", "nosso", "nossos", "nova", "nove", "novo", "num",
    "numa", "nunca", "o", "oferece", "oferecem", "oferecemos", "oferta", "ofertas", "oito",
    "onde", "onze", "os", "ou", "outra", "outras", "outro", "outros", "para", "parte", "pela",
    "pelas", "pelo", "pelos", "pequena", "pequeno", "pessoa", "pessoas", "pode", "podem",
    "podemos", "poder", "pois", "por", "porque", "pouca", "pouco", "poucos", "precisa",
    "precisam", "precisamos", "primeira", "primeiro", "procuramos", "quais", "qual", "qualquer",
    "quando", "quanto", "quarenta", "quatro", "que", "quem", "quer", "querem", "queremos", "se",
    "seis", "seja", "sem", "semana", "semanas", "sempre", "sendo", "ser", "sete", "seu", "seus",
    "si", "sido", "so", "sobre", "somos", "sua", "suas", "tal", "tambem", "tanta", "tanto",
    "tarde", "te", "tem", "temos", "tempo", "tenho", "ter", "toda", "todas", "todavia", "todo",
    "todos", "trabalha", "trabalhamos", "trabalhar", "trabalho", "tres", "trinta", "tu", "tudo",
    "um", "uma", "umas", "uns", "vai", "vamos", "varias", "varios", "vez", "vezes", "vinte",
    "voce", "voces",
];

#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "a", "afin", "ai", "aide", "aider", "aidons", "ainsi", "alors", "an", "annee", "annees",
    "ans", "apres", "as", "assez", "au", "aucun", "aucune", "aussi", "autant", "autre",
    "autres", "aux", "avant", "avec", "avez", "avoir", "avons", "ayant", "beaucoup", "besoin",
    "besoins", "bien", "bon", "bonne", "car", "ce", "cela", "celle", "celles", "celui", "cent",
    "ces", "cet", "cette", "ceux", "chaque", "cherche", "cherchent", "cherchons", "chez",
    "chose", "choses", "cinq", "cinquante", "comme", "comment", "contre", "cooperative",
    "cooperatives", "dans", "de", "deja", "demi", "depuis", "des", "deux", "dire", "dix",
    "dois", "doit", "doivent", "donc", "dont", "douze", "du", "elle", "elles", "en", "encore",
    "entre", "es", "est", "et", "etaient", "etait", "etant", "ete", "etes", "etre", "eu", "eux",
    "faire", "faisons", "fait", "faut", "fois", "font", "gens", "grand", "grande", "grandes",
    "grands", "heure", "heures", "huit", "ici", "il", "ils", "je", "jour", "jours", "jusqu",
    "jusque", "la", "le", "les", "leur", "leurs", "lors", "lui", "ma", "mais", "me", "membre",
    "membres", "meme", "memes", "mes", "mieux", "mille", "minute", "minutes", "moins", "mois",
    "mon", "ne", "neuf", "ni", "non", "nos", "notre", "nous", "nouveau", "nouvelle", "offre",
    "offres", "offrons", "on", "ont", "onze", "ou", "par", "parce", "partie", "pas", "pendant",
    "personne", "personnes", "petit", "petite", "petites", "petits", "peu", "peut", "peuvent",
    "plus", "plusieurs", "pour", "pourquoi", "pouvons", "premier", "premiere", "pres",
    "propose", "proposent", "proposons", "puis", "qu", "quand", "quarante", "quatre", "que",
    "quel", "quelle", "quelles", "quels", "qui", "quoi", "rien", "sa", "sans", "se", "selon",
    "semaine", "semaines", "sept", "sera", "serait", "ses", "seul", "seule", "si", "six",
    "soit", "soixante", "sommes", "son", "sont", "sous", "souvent", "sur", "ta", "tant", "te",
    "tel", "telle", "temps", "tes", "toi", "ton", "toujours", "tous", "tout", "toute", "toutes",
    "travail", "travaille", "travailler", "travaillons", "trente", "tres", "trois", "trop",
    "tu", "un", "une", "va", "vers", "veut", "vingt", "voici", "voila", "vont", "vos", "votre",
    "voulons", "vous", "vraiment", "y",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Tokenizer;

    #[test]
    fn lists_are_sorted_and_folded() {
        for language in ["en", "es", "pt", "fr"] {
            let list = list(language);
            assert!(list.is_sorted() && list.len() > 100, "{language}");
            for word in list.iter().copied().chain(small_words(language)) {
                Tokenizer::default().each(word, |folded| assert_eq!(folded, word));
            }
        }
    }

    #[test]
    fn a_word_is_judged_in_its_own_language() {
        assert!(is_stop_word("fr", "car"));
        assert!(!is_stop_word("en", "car"));
        assert!(!is_stop_word("sw", "na"));
    }
}
