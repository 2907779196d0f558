# Las palabras de la interfaz en español. Un sitio puede cambiar cualquiera en su propio themes/NOMBRE/i18n/es.ftl.
# Sintaxis: https://projectfluent.org/fluent/guide/

## Alrededor de cada página

skip = Ir al contenido
nav-main = Principal
nav-home = Inicio
nav-coops = Cooperativas
nav-needs = Necesidades
nav-offers = Ofertas
nav-matches = Encuentros
nav-calls = Reuniones
nav-pages = Wiki
nav-language = Idioma:
nav-crumbs = Dónde estás
nav-more = Más
nav-feeds = Novedades y calendario
nav-topics = Temas
nav-a_z = De la A a la Z
nav-commons = Bienes comunes
nav-statistics = Estadísticas
nav-changes = Cambios
nav-wanted = Páginas que faltan
nav-needs_archive = Necesidades pasadas
nav-offers_archive = Ofertas pasadas
feed-coops = Novedades: cooperativas
feed-needs = Novedades: necesidades
feed-offers = Novedades: ofertas
feed-matches = Novedades: sugerencias
feed-matches-of = Novedades: sugerencias, { $value }
feed-match-summary = { $need_coop } busca «{ $need }». { $offer_coop } ofrece «{ $offer }». { $reasons }
feed-topic = Novedades: { $topic }
feed-of = Novedades: { $what }
feed-call-announced = { $call }, anunciada para el { $date }
feed-call-moved = { $call }, trasladada al { $date }
feed-call-cancelled = { $call }, cancelada
feed-call-held = { $call }, con sus notas
calendar-all = Calendario de todas las reuniones
built = Generado el { $date }.
made-with = Hecho con Ayni.
network-edition = Esta edición es para quienes forman parte de la red: por favor, no la difundas.
licence-note = El contenido puede usarse bajo { $licence }, salvo que una entrada diga otra cosa.

## Fechas, horas y números

date = { $day } de { $month } de { $year }
date-full = { $weekday }, { $day } de { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
time = { $hour }:{ $minute }
when = { $date }, { $time } ({ $zone })
# Lo que marca entonces el reloj de quien lee.
when-local = { $time } en tu zona
minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
period = del { $from } al { $until }
period-from = desde el { $from }
period-until = hasta el { $until }
# Un espacio fino que no se parte, como recomienda la ortografía.
number-group = { "\u202F" }
number-decimal = { "," }
enumeration = { $first } y { $last }
enumeration-comma = { ", " }
place = { $city }, { $country }

## Palabras del contenido

type-coop = Cooperativa
type-need = Necesidad
type-offer = Oferta
type-match = Encuentro
type-call = Reunión
type-page = Página de la wiki
type-topic = Tema

kind-financial = Financiera
kind-human = Humana
kind-technical = Técnica
kind-knowledge = De conocimiento
need-financial = Necesidad financiera
need-human = Necesidad humana
need-technical = Necesidad técnica
need-knowledge = Necesidad de conocimiento
offer-financial = Oferta financiera
offer-human = Oferta humana
offer-technical = Oferta técnica
offer-knowledge = Oferta de conocimiento

form-worker = Cooperativa de trabajo
form-platform = Cooperativa de plataforma
form-producer = Cooperativa de productores
form-consumer = Cooperativa de consumo
form-multi-stakeholder = Cooperativa integral
form-credit-union = Cooperativa de ahorro y crédito
form-community-network = Red comunitaria
form-hub = Espacio de encuentro
form-network = Red de cooperativas
form-other = Otra forma

coop-status-active = activa
coop-status-starting = empezando
coop-status-dormant = en pausa
coop-status-closed = cerrada

mode-remote = A distancia
mode-onsite = En persona
mode-either = A distancia o en persona
basis-gift = como regalo
basis-loan = en préstamo
basis-exchange = a cambio de algo
basis-paid = pagada
basis-negotiable = por acordar
urgency-low = sin prisa
urgency-normal = normal
urgency-high = urgente
capacity-unlimited = sin límite

status-open = abierta
status-parked = aplazada
status-partly-met = cubierta en parte
status-met = cubierta
status-exhausted = agotada
status-withdrawn = retirada
status-expired = vencida
status-coop-closed = cooperativa cerrada

match-status-suggested = sugerido
match-status-introduced = presentado
match-status-agreed = acordado
match-status-fulfilled = cumplido
match-status-declined = rechazado
match-status-lapsed = sin resultado
match-status-over = terminado

call-status-planned = prevista
call-status-announced = anunciada
call-status-unrecorded = notas por llegar
call-status-held = celebrada
call-status-cancelled = cancelada
role-observer = observa
role-apology = se disculpó

contact-email = Correo
contact-phone = Teléfono
contact-matrix = Matrix
contact-signal = Signal
contact-fediverse = Fediverso
contact-form = Formulario
contact-url = Web
contact-post = Dirección postal

link-code = Código
link-handbook = Manual
link-chat = Chat
link-social = Red social
link-other = Sitio web

facet-type = Tipo
facet-country = País
facet-sector = Sector
facet-form = Forma
facet-language = Idioma
facet-kind = Tipo de ayuda
facet-mode = Cómo
facet-topic = Tema
facet-status = Estado
facet-year = Año de la reunión

## Inicio

home-lead = Lo que una cooperativa necesita, otra lo puede dar.
home-counts = { $coops ->
    [one] { $coops } cooperativa
   *[other] { $coops } cooperativas
} en { $countries ->
    [one] { $countries } país.
   *[other] { $countries } países.
}
next-call = Próxima reunión
last-call = Las últimas notas:
how-title = Una reunión, tres rondas
how-about = Quiénes somos
how-about-text = Cada delegada o delegado cuenta en uno o dos minutos a qué se dedica su cooperativa.
how-needs = Qué necesitamos
how-needs-text = Dinero, personas, tecnología o conocimiento: cada cual dice qué le ayudaría ahora.
how-offers = Qué ofrecemos
how-offers-text = Cada cual dice qué puede dar, prestar, enseñar o hacer por otra.
how-matches = Dos cooperativas se encuentran
how-matches-text = Lo que encaja se pone en contacto. Las notas quedan aquí, para que otras aprendan de ellas.
newest-needs = Necesidades más recientes
newest-offers = Ofertas más recientes
best-matches = Lo que podría encajar
needs-all = { $count ->
    [one] La necesidad abierta
   *[other] Las { $count } necesidades abiertas
}
offers-all = { $count ->
    [one] La oferta abierta
   *[other] Las { $count } ofertas abiertas
}
matches-all = { $count ->
    [one] El encuentro
   *[other] Los { $count } encuentros
}
coops-all = { $count ->
    [one] La cooperativa
   *[other] Las { $count } cooperativas
}
pages-all = { $count ->
    [one] La página de la wiki
   *[other] Las { $count } páginas de la wiki
}
ways = Por dónde entrar
ways-kind = Necesidades por tipo de ayuda
ways-country = Cooperativas por país
ways-sector = Cooperativas por sector
ways-language = Cooperativas por idioma
ways-topic = Todo por tema

## Listas

coops-title = Cooperativas
coops-about = Las cooperativas, los espacios y las redes de este directorio.
needs-title = Necesidades
needs-about = Lo que las cooperativas buscan ahora, primero lo más reciente.
offers-title = Ofertas
offers-about = Lo que las cooperativas pueden dar, prestar, enseñar o hacer, primero lo más reciente.
pages-title = Wiki
pages-about = Lo que unas cooperativas han escrito para las otras.
coop-count = { $count ->
    [one] { $count } cooperativa.
   *[other] { $count } cooperativas.
}
need-count = { $count ->
    [one] { $count } necesidad.
   *[other] { $count } necesidades.
}
offer-count = { $count ->
    [one] { $count } oferta.
   *[other] { $count } ofertas.
}
page-count = { $count ->
    [one] { $count } página.
   *[other] { $count } páginas.
}
coop-none = Aquí todavía no hay ninguna cooperativa.
need-none = De momento, aquí nadie busca nada.
offer-none = De momento, aquí nadie ofrece nada.
page-none = Todavía nadie ha escrito una página.
needs-archive = Necesidades pasadas
need-archive-about = Cubiertas, retiradas, vencidas o de una cooperativa que ha cerrado. Se conservan para que se vea quién ayudó.
offers-archive = Ofertas pasadas
offer-archive-about = Agotadas, retiradas, vencidas o de una cooperativa que ha cerrado. Se conservan para que se vea lo que fue posible.
needs-see = Ver todas las necesidades
offers-see = Ver todas las ofertas
coops-by-country = Cooperativas en { $value }
coops-by-sector = Cooperativas por sector: { $value }
coops-by-form = Cooperativas por forma: { $value }
coops-by-language = Cooperativas que trabajan en { $value }
needs-by-kind = Necesidades por tipo de ayuda: { $value }
needs-by-country = Necesidades en { $value }
needs-by-language = Necesidades de cooperativas que trabajan en { $value }
needs-by-mode = Necesidades por modo de ayudar: { $value }
needs-by-topic = Necesidades por tema: { $value }
offers-by-kind = Ofertas por tipo de ayuda: { $value }
offers-by-country = Ofertas en { $value }
offers-by-language = Ofertas de cooperativas que trabajan en { $value }
offers-by-mode = Ofertas por modo de ayudar: { $value }
offers-by-topic = Ofertas por tema: { $value }
matches-by-kind = Encuentros por tipo de ayuda: { $value }
matches-by-topic = Encuentros por tema: { $value }
matches-by-country = Encuentros con una necesidad o una oferta en { $value }
narrow = Afinar
page-number = (página { $number })
pager = Páginas de esta lista
pager-previous = Anterior
pager-next = Siguiente

## Páginas de las entradas

facts = Datos y contacto
fact-place = Lugar
fact-region = Región
fact-form = Forma
fact-sectors = Sectores
fact-languages = Idiomas
fact-founded = Fundación
fact-members = Integrantes
fact-networks = Forma parte de
fact-website = Sitio web
fact-help = Tipo de ayuda
fact-mode = Cómo
fact-dates = Cuándo
fact-basis = Condiciones
fact-amount = Importe
fact-quantity = Cantidad
fact-capacity = A la vez
fact-urgency = Urgencia
fact-raised-in = Se dijo en
fact-topics = Temas
contact = Contacto
only-network = solo la red
ask-facilitator = No hay un contacto público. La facilitación transmite los mensajes:
no-contact = No hay un contacto público. Ven a la próxima reunión o pregunta a alguien de la red.
coop-needs = Busca
coop-offers = Ofrece
coop-part = Quiénes la forman
coop-calls = Reuniones en las que participó
coop-past = Necesidades y ofertas pasadas
need-matches = Ofertas que encajan
offer-matches = Necesidades que encajan
need-no-match = Todavía no encaja ninguna oferta. Un resumen claro y algunos temas ayudan a encontrarla.
offer-no-match = Todavía no encaja ninguna necesidad. Un resumen claro y algunos temas ayudan a encontrarla.
past-matches = Encuentros pasados
need-not-open = Esta necesidad no está abierta ahora. Se conserva para que se vea qué se buscaba.
offer-not-open = Esta oferta no está abierta ahora. Se conserva para que se vea lo que fue posible.
said-in = Reuniones en las que se mencionó
untranslated = Nadie ha traducido todavía esta página. Está escrita en { $language }.
stale = El original ha cambiado desde que se hizo esta traducción.
not-public = no es público
task-done = Hecho
alert-note = Nota
alert-tip = Consejo
alert-important = Importante
alert-warning = Advertencia
alert-caution = Precaución
task-open = Por hacer
footnote = Nota { $number }
footnote-back = Volver a la nota { $number } en el texto
footnote-back-again = Volver a la nota { $number } en el texto, lugar { $count }
missing-page = Nadie ha escrito todavía esta página
contents = En esta página
links = Enlaces
backlinks = Qué enlaza aquí
sources = Fuentes
retrieved = leído el { $date }
same-as = Lo mismo en otros sitios
created = Publicado el { $date }.
updated = Último cambio: { $date }.
reviewed = Última revisión: { $date }.
edit = Editar esta página
discussion = Conversación
below = Páginas que cuelgan de esta

## Encuentros

matches-title = Encuentros
matches-about = Parejas de una necesidad y una oferta que encajan. Ayni las sugiere; las personas deciden.
match-count = { $count ->
    [one] { $count } encuentro.
   *[other] { $count } encuentros.
}
matches-see = Ver todos los encuentros
match-none = Todavía no encajan ninguna necesidad y ninguna oferta.
matches-new-title = Sugerencias nuevas
matches-new-about = Lo que podría encajar, primero lo más reciente. Una sugerencia es tan nueva como la más nueva de su necesidad y su oferta.
matches-new-shown = Solo se muestran las últimas { $count } sugerencias.
matches-new-none = No hay novedades: de momento Ayni no sugiere ninguna pareja, o ninguna necesidad y ninguna oferta de una pareja dice cuándo se escribió.
matches-waiting-title = A la espera de respuesta
matches-waiting-about = Ya se han presentado, y nadie ha dicho todavía qué salió de ahí. Primero las de cooperativas de la próxima reunión, luego las más recientes.
matches-waiting-next = En la próxima reunión
matches-waiting-undated = Sin fecha
match-see = Ver el encuentro
matches-waiting-how = ¿Sabes qué salió de alguna? Dilo en la próxima reunión, o escribe a quien cuida de este sitio: con «ayni match --waiting» encuentra una orden para cada una.
matches-waiting-none = Ninguna presentación espera respuesta: de cada una se sabe qué salió, o todavía no se ha presentado a nadie.
matches-over-title = Terminadas
matches-over-about = Nadie ha dicho qué salió de estas, y ya no hace falta: uno de los dos lados ya no está.
over-need-met = La necesidad está cubierta.
over-need-withdrawn = La necesidad se retiró.
over-need-expired = El último día de la necesidad ya pasó.
over-need-closed = La cooperativa que lo buscaba ha cerrado.
over-offer-exhausted = La oferta está agotada.
over-offer-withdrawn = La oferta se retiró.
over-offer-expired = El último día de la oferta ya pasó.
over-offer-closed = La cooperativa que lo ofrecía ha cerrado.
introduced-on = Se presentaron el { $date }.
ask-by-mail = Preguntar por correo qué salió de ahí
ask-by-mail-facilitator = Escribir a quien facilita qué salió de ahí
ask-facilitator-tells = Cuéntale a quien facilita qué salió de ahí:
ask-subject = { $need_coop } y { $offer_coop }: ¿qué salió de ahí?
ask-body = Hola:

    { $need_coop } busca «{ $need }», y { $offer_coop } ofrece «{ $offer }». Se presentaron la una a la otra.

    ¿Qué salió de ahí? ¿Acordaron algo, está hecho, o no salió nada?
match-since = Desde el { $date }.
match-suggested-since = Sugerido desde el { $date }.
match-title = { $need } – { $offer }
match-of = { $need } y { $offer }
match-lead = Lo que una busca, quizá la otra lo pueda dar. Nadie ha decidido nada todavía.
match-lead-introduced = Ya se han presentado la una a la otra.
match-lead-agreed = Han acordado hacerlo.
match-lead-fulfilled = Está hecho.
match-lead-declined = Decidieron que no.
match-lead-lapsed = Al final no salió nada.
match-lead-over = Se habían presentado la una a la otra, y nadie ha dicho qué salió de ahí.
fit-strong = Encaja muy bien
fit-good = Encaja bien
fit-possible = Podría encajar
score = { $fit }: { $score } de 100
why = Por qué encajan
no-reasons = Las juntaron personas.
reason-topics = Las dos tratan de { $shared }.
reason-text = Las dos usan las mismas palabras: { $shared }.
reason-kind = El tipo de ayuda encaja: { $shared }.
reason-language = Las dos trabajan en { $shared }.
reason-interpretation = Puede ayudar una intérprete: { $shared }.
reason-interpretation-plain = Una intérprete puede ayudarlas a entenderse.
reason-place = Las dos están en { $shared }.
reason-place-plain = Las dos están en el mismo país.
reason-remote-plain = Se puede hacer a distancia.
reason-dates = Las fechas coinciden: { $shared }.
reason-dates-plain = Las fechas coinciden.
reason-basis = Las condiciones casan: { $shared }.
reason-basis-plain = Las condiciones casan.
reason-amount-plain = La cantidad alcanza.
reason-experience-plain = Una empieza y la otra tiene años de experiencia.
history = Qué ha pasado hasta ahora
no-history = Nada todavía: Ayni sugiere esta pareja. Si le ves sentido, escribe a la otra parte o llévala a la próxima reunión.
event-introduced = Se presentaron.
event-agreed = Acordaron hacerlo.
event-fulfilled = Se hizo.
event-declined = Decidieron que no.
event-lapsed = No salió nada.
outcome = Qué salió de ahí
others = Otras posibilidades
same-need = para la misma necesidad
same-offer = para la misma oferta

## Círculos

nav-rings = Círculos
rings-title = Círculos
rings-about = Círculos de cooperativas en los que cada una da lo que necesita la siguiente, y así todas reciben ayuda. Ayni los sugiere; las personas deciden.
rings-see = Círculos de dos, tres y cuatro cooperativas
ring-count = { $count ->
    [one] { $count } círculo.
   *[other] { $count } círculos.
}
ring-none = Todavía no se cierra ningún círculo. Tres cooperativas forman uno cuando la primera ofrece lo que necesita la segunda, la segunda lo que necesita la tercera y la tercera lo que necesita la primera; dos o cuatro pueden hacer lo mismo. Cada necesidad y cada oferta que se escribe lo hace más probable.
ring-of = Círculo de { $count } cooperativas
ring-title = Círculo: { $coops }
ring-lead = Cada una da lo que necesita la siguiente, y la última lo que necesita la primera.
ring-steps = Paso a paso
ring-from-to = De { $giver } a { $taker }
ring-step = { $giver } ofrece { $offer } a { $taker }, que necesita { $need }.
ring-why = Qué tan bien encaja
ring-weakest = Un círculo es tan fuerte como su paso más débil, así que tiene la puntuación de ese paso.
ring-next = Si le ves sentido, llévalo a la próxima reunión. Hace falta el sí de cada una, y los pasos pueden darse uno tras otro.
ring-others = Otros círculos con estas cooperativas
coop-rings = Círculos que podría cerrar

## Reuniones

calls-title = Reuniones
calls-about = Una persona por cooperativa, tres rondas y lo que salga de ahí.
calls-of-year = Reuniones de { $year }
call-untitled = Reunión
call-title = { $series }, { $month } de { $year }
call-number = n.º { $number }
call-none = Todavía no hay ninguna reunión prevista.
series-next = Según su regla, vuelve a celebrarse
series-until = Termina el { $date }.
series-ended = Terminó el { $date }. Lo que se dijo en sus reuniones queda aquí.
calendar-series = Calendario de esta serie
call-coops = { $count ->
    [one] { $count } cooperativa
   *[other] { $count } cooperativas
}
call-matches = { $count ->
    [one] { $count } encuentro
   *[other] { $count } encuentros
}
calls-around = Reuniones anterior y siguiente
join = Entrar en la reunión
calendar-name = Reuniones: { $site }
calendar-one = Añadir al calendario
rounds = Tres rondas
rounds-minutes = Por cooperativa, { $about } min para presentarse, { $needs } min para lo que necesita y { $offers } min para lo que ofrece
introductions = Presentaciones sugeridas
introductions-about = De todas las parejas que encajan entre quienes vienen, estas presentan a alguien a tantas cooperativas como es posible, primero a las nuevas; ninguna participa en más de { $limit }. Decide quien facilita.
introductions-none = Entre quienes vienen, todavía no encaja nada de lo que se busca con nada de lo que se ofrece.
writing = Participar por escrito
writing-how = Si la hora no te viene bien, envía lo que habrías dicho: en pocas frases, a qué se dedica tu cooperativa, qué necesita y qué ofrece. Se lee en voz alta en la reunión, queda junto a los demás turnos y recibe presentaciones como cualquier otro.
call-matches-made = Encuentros logrados
call-looked-back = Qué fue de presentaciones anteriores
introduced-in-call = Se presentaron en:
agenda = Orden del día
agenda-title = Orden del día: { $call }
agenda-about = La hoja de ruta para quien facilita: quién habla y cuándo, qué necesita y qué ofrece cada cooperativa, a quién presentar y qué sigue abierto.
agenda-join-at = Para entrar en la reunión: { $address }
agenda-page-at = Orden del día: { $address }
agenda-excess = { $count ->
    [one] Esto dura un minuto más que la reunión.
   *[other] Esto dura { $count } minutos más que la reunión.
} Acortad los turnos, o pedid a algunas que envíen el suyo por escrito.
agenda-part-opening = Bienvenida
agenda-opening-how = Decir quién facilita, quién toma notas y cómo es un turno; preguntar si a alguien le molesta que se grabe. Después, mirar atrás.
agenda-part-review = Presentaciones anteriores
agenda-review-how = Preguntar a cada pareja, un minuto cada una: ¿han acordado algo, está hecho, o no salió nada?
agenda-waiting = { $count ->
    [one] Una presentación más espera respuesta
   *[other] { $count } presentaciones más esperan respuesta
}
agenda-part-about = Primera ronda: quiénes somos
agenda-part-needs = Segunda ronda: qué necesitamos
agenda-part-offers = Tercera ronda: qué ofrecemos
agenda-part-introductions = Presentaciones
agenda-introductions-how = Decir cada pareja en voz alta y preguntar a ambas si quieren presentarse. Nadie está obligado.
agenda-part-closing = Cierre
agenda-closing-how = Repetir qué se decidió, quién hace qué y hasta cuándo, y cuándo es la próxima reunión.
agenda-next = La próxima reunión: { $date }.
agenda-each = { $minutes } min cada una
agenda-actions = Pendiente de reuniones anteriores
agenda-nobody = Todavía nadie ha dicho que viene.
agenda-new = nueva
timer-start = Poner el reloj en marcha
timer-then = Después: { $name }
timer-back = Atrás
timer-pause = Pausa
timer-resume = Seguir
timer-next = Siguiente
timer-sound = Sonido
timer-close = Cerrar
timer-soon = Quedan { $seconds } segundos
timer-over = Se acabó el tiempo
agenda-read-aloud = se lee en voz alta
pad-hint = Marquen lo que se dice. Lo nuevo va en una línea propia debajo de su cooperativa, con el tipo de ayuda entre paréntesis, como «Manos por tres días ({ $kind })». Detrás de una presentación va lo que dijeron las dos: «: acordado, se escriben esta semana». Una tarea lleva entre paréntesis su cooperativa y su fecha; detrás, «descartada» o «→ COOPERATIVA, hasta 2027-03-31» dice qué fue de ella. Las decisiones, las tareas y las notas se publican tal como están: no escriban en ellas nombres de personas. Quien participó se nombra solo con «{ $consent }» entre paréntesis. { $command } pasa todo esto a la reunión y pregunta lo que no está claro.
pad-consent = acepta que se le nombre
pad-unsorted = Del cuaderno, por ordenar
decisions = Decisiones
actions = Tareas
notes = Notas
fact-facilitator = Facilita
fact-note-taker = Toma notas
fact-interpretation = Interpretación
fact-rounds = Tres rondas
fact-recording = Grabación
watch = Ver la grabación
who-comes = A quiénes se espera
who-came = Quiénes participaron
first-time = primera vez
in-writing = por escrito
unnamed = Una persona delegada
nothing = Esta vez, nada.
now = ahora { $status }
action-done = hecho
due = hasta el { $date }
was-due = era hasta el { $date }
to-do = pendiente
action-handed = pasa a
action-dropped = descartado
action-done-in = hecho, en:
action-dropped-in = descartado, en:
action-carried = sigue en:
action-since = desde { $call }
action-since-call = desde:

## What is open, and what was decided

open-title = Pendientes
open-about = Lo que se prometió en las reuniones y aún no está hecho, por quién lo prometió, primero lo más antiguo.
open-count = { $count ->
    [one] { $count } cosa pendiente
   *[other] { $count } cosas pendientes
}
open-nobody = No se dijo por quién
open-none = No queda nada pendiente.
decisions-title = Lo que decidieron las reuniones
decisions-about = Cada decisión con su reunión, primero las más recientes.
decisions-none = Ninguna reunión ha decidido nada todavía.
coop-actions = Pendiente desde reuniones

## Temas y bienes comunes

topics-title = Temas
topics-about = Las palabras con las que necesidades y ofertas se encuentran, en todos los idiomas de la red.
topic-none = Todavía no se usa ningún tema.
topic-also = También: { $names }
topic-shown = Aquí se muestran { $shown } de { $total }.
topic-matches = { $count ->
    [one] { $count } encuentro
   *[other] { $count } encuentros
}
topic-empty = Todavía no hay nada sobre este tema.
looked-for = Se busca
offered = Se ofrece
commons-title = Bienes comunes
commons-about = Código y manuales que las cooperativas comparten, para que nadie tenga que empezar de cero.
commons-code = Código
commons-handbook = Manuales
commons-none = Todavía nadie ha compartido nada de esto.
no-licence = sin licencia indicada

## Estadísticas

statistics-title = Estadísticas
statistics-about = Lo que se ha juntado y lo que todavía falta.
statistics-introductions = Qué fue de las presentaciones
statistics-calls = Las reuniones, una por una
statistics-latest = Son las últimas { $shown } de { $total } reuniones.
column-first-time = Primera vez
column-coops = Coope­rativas
column-introductions = Presenta­ciones
column-agreed = Acuerdos
statistics-kinds = Necesidades y ofertas por tipo de ayuda
statistics-topics = Temas que más faltan o más sobran
statistics-by-country = Cooperativas por país
statistics-by-sector = Cooperativas por sector
statistics-by-form = Cooperativas por forma
statistics-by-language = Cooperativas por idioma
figure-coops = Cooperativas
figure-countries = Países
figure-needs = Necesidades abiertas
figure-offers = Ofertas abiertas
figure-calls = Reuniones celebradas
figure-delegates = Cooperativas en reuniones
figure-suggestions = Sugerencias
column-status = Estado
column-unmet = sin encuentro
column-unclaimed = sin encuentro

## La wiki

a-z-title = De la A a la Z
letters = Letras
changes-title = Cambios
changes-about = Lo que se ha escrito y reescrito últimamente.
changes-shown = Se muestran solo los últimos { $count } cambios.
changes-none = Todavía nada tiene fecha.
new = nuevo
wanted-title = Páginas que faltan
wanted-about = Otras páginas enlazan a estas y nadie las ha escrito todavía. ¿Te animas?
wanted-by = { $count ->
    [one] la pide
   *[other] la piden { $count }:
}
wanted-none = Todos los enlaces llevan a algún sitio: no falta ninguna página.

## Búsqueda y direcciones que llevan a otro sitio

search-title = Buscar
search-label = Buscar cooperativas, necesidades, ofertas, reuniones y páginas
search-button = Buscar
search-reset = Empezar de nuevo
search-tip = Los resultados tienen tus palabras en cualquiera de sus formas; la última puede estar a medias, y una letra equivocada no importa.
search-expired = Mostrar también necesidades y ofertas vencidas
search-no-script = Para buscar hace falta JavaScript. Sin él, estas listas llevan a todas las entradas:
search-more-tips = Más maneras de preguntar
search-tip-must = tiene que llevar «solar» y no puede llevar «water»
search-tip-phrase = las dos palabras seguidas
search-tip-title = «solar» en el título
search-tip-summary = «solar» en el resumen; text:solar en el texto
search-tip-facet = solo de Brasil; igual con type, sector, kind, topic, language, status y year
search-tip-wild = palabras que terminan así
search-tip-fuzzy = hasta dos letras equivocadas; «power» cuenta tres veces
search-sort = Orden
search-sort-fit = Lo que mejor encaja
search-sort-new = Lo más nuevo primero
search-sort-title = Por título
search-sort-near = Por distancia a un lugar
search-near = Lugar
search-languages = Buscar en todos los idiomas
search-elsewhere = Buscado en todos los idiomas:
search-mended = Ninguna entrada tiene «{ $from }». Estas tienen «{ $to }»:
suggestions = Sugerencias
suggestions-count = Sugerencias: { $count }. Elige con las flechas.
suggestions-all = Todos los resultados
search-loading = Buscando…
search-failed = No se ha podido cargar el índice de búsqueda. Comprueba tu conexión e inténtalo de nuevo.
search-none = No se ha encontrado nada. Prueba con menos palabras o con palabras más cortas.
search-cut = Tu pregunta es larga. Solo se buscan sus primeros 1000 caracteres.
search-some = Ninguna entrada tiene todas estas palabras. Con algunas de ellas:
# $number se pone después, cuando se sabe; $count solo elige la forma.
search-count = { $count ->
    [one] { $number } resultado
   *[other] { $number } resultados
}
# $results es ese número de resultados con casi todas las palabras; les siguen $number con menos.
search-fewer = { $results }, y después, con menos palabras: { $number }
search-fewer-heading = Estas tienen menos de tus palabras:
search-results = Resultados
search-more = Mostrar más
search-all-values = Mostrar todo
not-found-title = Aquí no hay ninguna página
not-found-about = Puede que haya cambiado de nombre, que se haya retirado o que la dirección tenga un error. Las sugerencias y los círculos que han terminado tampoco tienen página.
ended-suggestion = Si aquí había una sugerencia, ha terminado: las sugerencias van y vienen con las necesidades y las ofertas.
ended-need = La necesidad:
ended-ring = Si aquí había un círculo, ha terminado: los círculos van y vienen con las necesidades y las ofertas.
moved = Esta página se ha mudado
moved-to = Ahora está aquí:
