# The words of the interface in English. A site may override any of them in its own themes/NAME/i18n/en.ftl.
# Syntax: https://projectfluent.org/fluent/guide/

## Around every page

skip = Skip to the content
nav-main = Main
nav-home = Home
nav-coops = Coops
nav-needs = Needs
nav-offers = Offers
nav-matches = Matches
nav-calls = Calls
nav-pages = Wiki
nav-language = Language:
nav-crumbs = Where you are
nav-more = More
nav-feeds = Feeds and calendar
nav-topics = Topics
nav-a_z = A–Z
nav-commons = Commons
nav-statistics = Statistics
nav-changes = Changes
nav-wanted = Wanted pages
nav-needs_archive = Former needs
nav-offers_archive = Former offers
feed-coops = Feed of coops
feed-needs = Feed of needs
feed-offers = Feed of offers
feed-matches = Feed of suggestions
feed-matches-of = Feed of suggestions: { $value }
feed-match-summary = { $need_coop } looks for “{ $need }”. { $offer_coop } offers “{ $offer }”. { $reasons }
feed-topic = Feed: { $topic }
feed-of = Feed: { $what }
feed-call-announced = { $call }, announced for { $date }
feed-call-moved = { $call }, moved to { $date }
feed-call-cancelled = { $call }, cancelled
feed-call-held = { $call }, the notes are there
calendar-all = Calendar of all calls
built = Built on { $date }.
made-with = Made with Ayni.
network-edition = This edition is for members of the network: please do not pass it on.
licence-note = The content may be used under { $licence }, unless an entry says otherwise.

## Dates, times and numbers

date = { $day } { $month } { $year }
date-full = { $weekday }, { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
time = { $hour }:{ $minute }
when = { $date }, { $time } ({ $zone })
# What the clock of the reader's device says then.
when-local = { $time } where you are
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
period = { $from } to { $until }
period-from = from { $from }
period-until = until { $until }
number-group = { "," }
number-decimal = .
enumeration = { $first } and { $last }
enumeration-comma = { ", " }
place = { $city }, { $country }

## Words of the content

type-coop = Coop
type-need = Need
type-offer = Offer
type-match = Match
type-call = Call
type-page = Wiki page
type-topic = Topic

kind-financial = Financial
kind-human = Human
kind-technical = Technical
kind-knowledge = Knowledge
need-financial = Financial need
need-human = Human need
need-technical = Technical need
need-knowledge = Knowledge need
offer-financial = Financial offer
offer-human = Human offer
offer-technical = Technical offer
offer-knowledge = Knowledge offer

form-worker = Worker coop
form-platform = Platform coop
form-producer = Producer coop
form-consumer = Consumer coop
form-multi-stakeholder = Multi-stakeholder coop
form-credit-union = Credit union
form-community-network = Community network
form-hub = Hub
form-network = Network of coops
form-other = Other form

coop-status-active = active
coop-status-starting = starting
coop-status-dormant = dormant
coop-status-closed = closed

mode-remote = Remote
mode-onsite = On site
mode-either = Remote or on site
basis-gift = as a gift
basis-loan = as a loan
basis-exchange = in exchange
basis-paid = paid
basis-negotiable = to be agreed
urgency-low = not urgent
urgency-normal = normal
urgency-high = urgent
capacity-unlimited = any number

status-open = open
status-parked = parked
status-partly-met = partly met
status-met = met
status-exhausted = used up
status-withdrawn = withdrawn
status-expired = expired
status-coop-closed = coop closed

match-status-suggested = suggested
match-status-introduced = introduced
match-status-agreed = agreed
match-status-fulfilled = fulfilled
match-status-declined = declined
match-status-lapsed = lapsed
match-status-over = over

call-status-planned = planned
# A day by the rule of a series, without a call that is planned.
call-status-announced = announced
call-status-unrecorded = notes to come
call-status-held = held
call-status-cancelled = cancelled
role-observer = observer
role-apology = sent apologies

contact-email = Email
contact-phone = Phone
contact-matrix = Matrix
contact-signal = Signal
contact-fediverse = Fediverse
contact-form = Form
contact-url = Web
contact-post = Post

link-code = Code
link-handbook = Handbook
link-chat = Chat
link-social = Social media
link-other = Website

facet-type = Type
facet-country = Country
facet-sector = Sector
facet-form = Form
facet-language = Language
facet-kind = Kind of help
facet-mode = How
facet-topic = Topic
facet-status = Status
facet-year = Year of the call

## Home

home-lead = What one cooperative needs, another can give.
home-counts = { $coops ->
    [one] { $coops } coop
   *[other] { $coops } coops
} in { $countries ->
    [one] { $countries } country.
   *[other] { $countries } countries.
}
next-call = Next call
last-call = The latest notes:
how-title = Three rounds, one call
how-about = Who we are
how-about-text = Each delegate says in a minute or two what their coop is about.
how-needs = What we need
how-needs-text = Money, people, technology or knowledge: each says what would help now.
how-offers = What we offer
how-offers-text = Each says what they can give, lend, teach or do for another.
how-matches = Two coops meet
how-matches-text = What fits is brought together. The notes stay here, so that others can learn from them.
newest-needs = Newest needs
newest-offers = Newest offers
best-matches = What could fit
needs-all = { $count ->
    [one] The open need
   *[other] All { $count } open needs
}
offers-all = { $count ->
    [one] The open offer
   *[other] All { $count } open offers
}
matches-all = { $count ->
    [one] The match
   *[other] All { $count } matches
}
coops-all = { $count ->
    [one] The coop
   *[other] All { $count } coops
}
pages-all = { $count ->
    [one] The page of the wiki
   *[other] All { $count } pages of the wiki
}
ways = Find your way in
ways-kind = Needs by kind of help
ways-country = Coops by country
ways-sector = Coops by sector
ways-language = Coops by language
ways-topic = Everything by topic

## Lists

coops-title = Coops
coops-about = The cooperatives, hubs and networks of this directory.
needs-title = Needs
needs-about = What coops look for now, the newest first.
offers-title = Offers
offers-about = What coops can give, lend, teach or do, the newest first.
pages-title = Wiki
pages-about = What coops have written down for each other.
coop-count = { $count ->
    [one] { $count } coop.
   *[other] { $count } coops.
}
need-count = { $count ->
    [one] { $count } need.
   *[other] { $count } needs.
}
offer-count = { $count ->
    [one] { $count } offer.
   *[other] { $count } offers.
}
page-count = { $count ->
    [one] { $count } page.
   *[other] { $count } pages.
}
coop-none = No coop is listed here yet.
need-none = Nobody looks for anything here at the moment.
offer-none = Nobody offers anything here at the moment.
page-none = Nobody has written a page yet.
needs-archive = Former needs
need-archive-about = Met, withdrawn, past their date, or of a coop that has closed. They are kept so that others can see who helped.
offers-archive = Former offers
offer-archive-about = Used up, withdrawn, past their date, or of a coop that has closed. They are kept so that others can see what was possible.
needs-see = See all needs
offers-see = See all offers
coops-by-country = Coops in { $value }
coops-by-sector = Coops by sector: { $value }
coops-by-form = Coops by form: { $value }
coops-by-language = Coops that work in { $value }
needs-by-kind = Needs by kind of help: { $value }
needs-by-country = Needs in { $value }
needs-by-language = Needs of coops that work in { $value }
needs-by-mode = Needs by how help is given: { $value }
needs-by-topic = Needs by topic: { $value }
offers-by-kind = Offers by kind of help: { $value }
offers-by-country = Offers in { $value }
offers-by-language = Offers of coops that work in { $value }
offers-by-mode = Offers by how help is given: { $value }
offers-by-topic = Offers by topic: { $value }
matches-by-kind = Matches by kind of help: { $value }
matches-by-topic = Matches by topic: { $value }
matches-by-country = Matches with a need or an offer in { $value }
narrow = Narrow down
page-number = (page { $number })
pager = Pages of this list
pager-previous = Previous
pager-next = Next

## Pages of entries

facts = Facts and contact
fact-place = Place
fact-region = Region
fact-form = Form
fact-sectors = Sectors
fact-languages = Languages
fact-founded = Founded
fact-members = Members
fact-networks = Part of
fact-website = Website
fact-help = Kind of help
fact-mode = How
fact-dates = When
fact-basis = Terms
fact-amount = Amount
fact-quantity = Quantity
fact-capacity = At once
fact-urgency = Urgency
fact-raised-in = First said in
fact-topics = Topics
contact = Contact
only-network = network only
ask-facilitator = There is no public contact. The facilitator passes messages on:
no-contact = There is no public contact. Come to the next call, or ask somebody of the network.
coop-needs = Looks for
coop-offers = Offers
coop-part = Who belongs to it
coop-calls = Calls it took part in
coop-past = Former needs and offers
need-matches = Offers that fit
offer-matches = Needs that fit
need-no-match = No offer fits yet. A clear summary and a few topics help to find one.
offer-no-match = No need fits yet. A clear summary and a few topics help to find one.
past-matches = Former matches
need-not-open = This need is not open at the moment. It is kept so that others can see what was looked for.
offer-not-open = This offer is not open at the moment. It is kept so that others can see what was possible.
said-in = Calls in which it was mentioned
untranslated = Nobody has translated this page yet. It is written in { $language }.
stale = The original has changed since this translation was made.
not-public = not public
task-done = Done
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
task-open = To do
footnote = Note { $number }
footnote-back = Back to note { $number } in the text
footnote-back-again = Back to note { $number } in the text, place { $count }
missing-page = Nobody has written this page yet
contents = On this page
links = Links
backlinks = What links here
sources = Sources
retrieved = read on { $date }
same-as = The same elsewhere
created = First published on { $date }.
updated = Last changed on { $date }.
reviewed = Last checked on { $date }.
edit = Edit this page
discussion = Discussion
below = Pages below this one

## Matches

matches-title = Matches
matches-about = Pairs of a need and an offer that fit. Ayni suggests them; people decide.
match-count = { $count ->
    [one] { $count } match.
   *[other] { $count } matches.
}
matches-see = See all matches
match-none = No need and offer fit each other yet.
matches-new-title = New suggestions
matches-new-about = What could fit, the newest first. A suggestion is as new as the newer of its need and its offer.
matches-new-shown = Only the last { $count } suggestions are shown.
matches-new-none = Nothing is new: Ayni suggests no pair at the moment, or no need and no offer of a pair says when it was written.
matches-waiting-title = Waiting for an answer
matches-waiting-about = They have been introduced to each other, and nobody has said yet what came of it. Those of coops in the next call come first, then the newest.
matches-waiting-next = In the next call
matches-waiting-undated = Without a date
match-see = See the match
matches-waiting-how = Do you know what came of one? Say it in the next call, or write to whoever looks after this site, who finds a command for each with “ayni match --waiting”.
matches-waiting-none = No introduction waits for an answer: of each it is known what came of it, or nobody has been introduced yet.
matches-over-title = Over
matches-over-about = Nobody has said what came of these, and nobody has to any more: one side is no longer there.
over-need-met = The need is met.
over-need-withdrawn = The need was withdrawn.
over-need-expired = The last day of the need is past.
over-need-closed = The coop that looked for it has closed.
over-offer-exhausted = The offer is used up.
over-offer-withdrawn = The offer was withdrawn.
over-offer-expired = The last day of the offer is past.
over-offer-closed = The coop that offered it has closed.
introduced-on = Introduced on { $date }.
ask-by-mail = Ask by email what came of it
ask-by-mail-facilitator = Write to the facilitator what came of it
ask-facilitator-tells = Tell the facilitator what came of it:
ask-subject = { $need_coop } and { $offer_coop }: what came of it?
ask-body = Hello,

    { $need_coop } looks for “{ $need }”, and { $offer_coop } offers “{ $offer }”. You were introduced to each other.

    What came of it? Have you agreed on something, is it done, or did nothing come of it?
match-since = Since { $date }.
match-suggested-since = Suggested since { $date }.
match-title = { $need } – { $offer }
match-of = { $need } and { $offer }
match-lead = What one of them looks for, the other might give. Nobody has decided anything yet.
match-lead-introduced = They have been introduced to each other.
match-lead-agreed = They have agreed to do it.
match-lead-fulfilled = It is done.
match-lead-declined = They decided against it.
match-lead-lapsed = Nothing came of it.
match-lead-over = They had been introduced to each other, and nobody has said what came of it.
fit-strong = A strong fit
fit-good = A good fit
fit-possible = A possible fit
score = { $fit }, { $score } of 100
why = Why they fit
no-reasons = People brought them together.
reason-topics = Both are about { $shared }.
reason-text = Both use the same words: { $shared }.
reason-kind = The kind of help fits: { $shared }.
reason-language = Both work in { $shared }.
reason-interpretation = An interpreter can help: { $shared }.
reason-interpretation-plain = An interpreter can help them to understand each other.
reason-place = Both are in { $shared }.
reason-place-plain = Both are in the same country.
reason-remote-plain = It can be done at a distance.
reason-dates = The dates meet: { $shared }.
reason-dates-plain = The dates meet.
reason-basis = The terms go together: { $shared }.
reason-basis-plain = The terms go together.
reason-amount-plain = The amount is enough.
reason-experience-plain = One of them begins, the other has years of experience.
history = What has happened so far
no-history = Nothing yet: Ayni suggests this pair. If it makes sense to you, write to the other side, or bring it to the next call.
event-introduced = They were introduced.
event-agreed = They agreed to do it.
event-fulfilled = It was done.
event-declined = They decided against it.
event-lapsed = Nothing came of it.
outcome = What came of it
others = Other possibilities
same-need = for the same need
same-offer = for the same offer

## Rings

nav-rings = Rings
rings-title = Rings
rings-about = Circles of coops in which each gives what the next one needs, so that all of them are helped. Ayni suggests them; people decide.
rings-see = Rings of two, three and four coops
ring-count = { $count ->
    [one] { $count } ring.
   *[other] { $count } rings.
}
ring-none = No ring closes yet. Three coops make a ring when the first offers what the second needs, the second what the third needs, and the third what the first needs; two or four can do the same. Every need and every offer that is written down makes one more likely.
ring-of = Ring of { $count } coops
ring-title = Ring: { $coops }
ring-lead = Each of them gives what the next one needs, and the last what the first one needs.
ring-steps = Step by step
ring-from-to = From { $giver } to { $taker }
ring-step = { $giver } offers { $offer } to { $taker }, who needs { $need }.
ring-why = How well it fits
ring-weakest = A ring is as strong as its weakest step, so it has the score of that step.
ring-next = If it makes sense to you, bring it to the next call. It needs a yes from each of them, and the steps can be done one after another.
ring-others = Other rings with these coops
coop-rings = Rings it could close

## Calls

calls-title = Calls
calls-about = One delegate of each coop, three rounds, and whatever comes of it.
calls-of-year = Calls in { $year }
call-untitled = Call
call-title = { $series }, { $month } { $year }
call-number = no. { $number }
call-none = No call has been planned yet.
series-next = By its rule, it comes again on
series-until = It ends on { $date }.
series-ended = It ended on { $date }. What was said in its calls stays here.
calendar-series = Calendar of this series
call-coops = { $count ->
    [one] { $count } coop
   *[other] { $count } coops
}
call-matches = { $count ->
    [one] { $count } match
   *[other] { $count } matches
}
calls-around = Calls before and after
join = Join the call
calendar-name = Calls: { $site }
calendar-one = Add to calendar
rounds = Three rounds
rounds-minutes = For each delegate { $about } min. about the coop, { $needs } min. for needs, { $offers } min. for offers
introductions = Suggested introductions
introductions-about = Of all pairs that fit among those who come, these bring as many coops as possible together with somebody, first those who are new; none takes part in more than { $limit }. The facilitator decides.
introductions-none = Nothing that is looked for and nothing that is offered by those who come fits together yet.
writing = Take part in writing
writing-how = If the hour does not suit you, send what you would have said: in a few sentences what your coop is about, what it needs and what it offers. It is read aloud in the call, stands beside the other turns, and gets introductions like any other.
call-matches-made = Matches made
call-looked-back = What became of earlier introductions
introduced-in-call = Introduced in:
agenda = Agenda
agenda-title = Agenda: { $call }
agenda-about = The run sheet for whoever facilitates: who speaks when, what each coop needs and offers, whom to introduce, and what is still open.
agenda-join-at = Join the call: { $address }
agenda-page-at = Agenda: { $address }
agenda-excess = { $count ->
    [one] This takes a minute longer than the call is.
   *[other] This takes { $count } minutes longer than the call is.
} Shorten the turns, or ask some to send theirs in writing.
agenda-part-opening = Welcome
agenda-opening-how = Say who facilitates, who takes notes and how a turn works; ask whether anybody minds a recording. Then look back.
agenda-part-review = Earlier introductions
agenda-review-how = Ask each pair, a minute each: have you agreed, is it done, or did nothing come of it?
agenda-waiting = { $count ->
    [one] One more introduction waits for an answer
   *[other] { $count } more introductions wait for an answer
}
agenda-part-about = First round: who we are
agenda-part-needs = Second round: what we need
agenda-part-offers = Third round: what we offer
agenda-part-introductions = Introductions
agenda-introductions-how = Say each pair aloud, and ask both whether they want to be introduced. Nobody has to.
agenda-part-closing = Close
agenda-closing-how = Repeat what was decided, who does what until when, and when the next call is.
agenda-next = The next call: { $date }.
agenda-each = { $minutes } min. each
agenda-actions = To be done since earlier calls
agenda-nobody = Nobody has said yet that they come.
agenda-new = new
timer-start = Start the timer
timer-then = Then: { $name }
timer-back = Back
timer-pause = Pause
timer-resume = Go on
timer-next = Next
timer-sound = Sound
timer-close = Close
timer-soon = { $seconds } seconds left
timer-over = Time is up
agenda-read-aloud = read aloud
pad-hint = Tick what is said. Write what is new on a line of its own below its coop, with the kind of help in brackets, such as “Hands for three days ({ $kind })”. Behind an introduction stands what both said: “: agreed, they write this week”. An action has its coop and its day in brackets; behind them, “dropped” or “→ COOP, until 2027-03-31” says what became of it. Decisions, actions and notes are published as they stand: write no names of people into them. Who took part is named only with “{ $consent }” in brackets. { $command } reads all this into the call, and asks about what is not clear.
pad-consent = may be named
pad-unsorted = From the pad, to be sorted
decisions = Decisions
actions = Actions
notes = Notes
fact-facilitator = Facilitated by
fact-note-taker = Notes by
fact-interpretation = Interpretation
fact-rounds = Three rounds
fact-recording = Recording
watch = Watch the recording
who-comes = Who is expected
who-came = Who took part
first-time = first time
in-writing = in writing
unnamed = One delegate
nothing = Nothing this time.
now = now { $status }
action-done = done
due = by { $date }
was-due = was due on { $date }
to-do = to do
action-handed = handed to
action-dropped = dropped
action-done-in = done, in:
action-dropped-in = dropped, in:
action-carried = goes on in:
action-since = since { $call }
action-since-call = since:

## What is open, and what was decided

open-title = To be done
open-about = What was promised in calls and is not done yet, by whose it is, the oldest first.
open-count = { $count ->
    [one] { $count } thing to be done
   *[other] { $count } things to be done
}
open-nobody = Not said by whom
open-none = Nothing is open.
decisions-title = What calls decided
decisions-about = Every decision with its call, the latest first.
decisions-none = No call has decided anything yet.
coop-actions = To be done since calls

## Topics and commons

topics-title = Topics
topics-about = The words by which needs and offers find each other, in every language of the network.
topic-none = No topic is in use yet.
topic-also = Also: { $names }
topic-shown = { $shown } of { $total } are shown here.
topic-matches = { $count ->
    [one] { $count } match
   *[other] { $count } matches
}
topic-empty = Nothing is about this topic yet.
looked-for = Looked for
offered = Offered
commons-title = Commons
commons-about = Code and handbooks that coops share, so that nobody has to start from nothing.
commons-code = Code
commons-handbook = Handbooks
commons-none = Nobody has shared any yet.
no-licence = no licence given

## Statistics

statistics-title = Statistics
statistics-about = What has been brought together, and what is still missing.
statistics-introductions = What became of introductions
statistics-calls = The calls, one by one
statistics-latest = These are the latest { $shown } of { $total } calls.
column-first-time = First time
column-coops = Coops
column-introductions = Introduc­tions
column-agreed = Agreed since
statistics-kinds = Needs and offers by kind of help
statistics-topics = Topics that are missed, or left over, most
statistics-by-country = Coops by country
statistics-by-sector = Coops by sector
statistics-by-form = Coops by form
statistics-by-language = Coops by language
figure-coops = Coops
figure-countries = Countries
figure-needs = Open needs
figure-offers = Open offers
figure-calls = Calls held
figure-delegates = Coops in calls
figure-suggestions = Suggestions
column-status = State
column-unmet = without a match
column-unclaimed = without a match

## The wiki

a-z-title = A–Z
letters = Letters
changes-title = Changes
changes-about = What was written and rewritten lately.
changes-shown = Only the last { $count } changes are shown.
changes-none = Nothing has a date yet.
new = new
wanted-title = Wanted pages
wanted-about = Others link to these, and nobody has written them yet. Could you?
wanted-by = { $count ->
    [one] wanted by
   *[other] wanted by { $count }:
}
wanted-none = Every link leads somewhere: no page is missing.

## Search, and addresses that lead elsewhere

search-title = Search
search-label = Search coops, needs, offers, calls and pages
search-button = Search
search-reset = Start again
search-tip = Results have your words in any of their forms; the last one may be unfinished, and a wrong letter does no harm.
search-expired = Show expired needs and offers too
search-no-script = Searching needs JavaScript. Without it, these lists lead to every entry:
search-more-tips = More ways to ask
search-tip-must = must have “solar”, and must not have “water”
search-tip-phrase = both words side by side
search-tip-title = “solar” in the title
search-tip-summary = “solar” in the summary; text:solar in the text
search-tip-facet = only from Brazil; likewise with type, sector, kind, topic, language, status and year
search-tip-wild = words that end so
search-tip-fuzzy = up to two wrong letters; “power” counts three times
search-sort = Order
search-sort-fit = What fits best
search-sort-new = Newest first
search-sort-title = By title
search-sort-near = By distance from a place
search-near = Place
search-languages = Look in all languages
search-elsewhere = Looked in all languages:
search-mended = No entry has “{ $from }”. These have “{ $to }”:
suggestions = Suggestions
suggestions-count = Suggestions: { $count }. Choose with the arrow keys.
suggestions-all = All results
search-loading = Searching…
search-failed = The search index could not be loaded. Please check your connection and try again.
search-none = Nothing found. Try fewer or shorter words.
search-cut = Your question is long. Only its first 1,000 characters are looked for.
search-some = No entry has all these words. With some of them:
# $number is put in later, when it is known; $count only chooses the form.
search-count = { $count ->
    [one] { $number } result
   *[other] { $number } results
}
# $results is such a number of results that have most of the words; $number more follow that have fewer of them.
search-fewer = { $results }, then with fewer of the words: { $number }
search-fewer-heading = These have fewer of the words:
search-results = Results
search-more = Show more
search-all-values = Show all
not-found-title = There is no page here
not-found-about = It may have been renamed or withdrawn, or the address has a slip in it. Suggestions and rings that have ended have no page either.
ended-suggestion = If a suggestion was here, it has ended: suggestions come and go with needs and offers.
ended-need = The need:
ended-ring = If a ring was here, it has ended: rings come and go with needs and offers.
moved = This page has moved
moved-to = It is now here:
