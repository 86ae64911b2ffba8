"""Nouns and small words that tell what a clause is about: single common words, either spelling."""

from __future__ import annotations


def word_set(block: str) -> frozenset[str]:
    """The words of `block`."""
    return frozenset(block.split())


#: what can be read off a dial
METRICS = word_set(
    """absences absenteeism accidents accuracy acv adoption aov arpu arr attainment attendance
    attrition availability awareness backlog bookings bounce breaches bugs burn cac
    capacity capex carbon cash ces churn clv co2 complaints consumption conversion
    conversions cost costs coverage cpa cpc cpl crashes csat ctr dau debt defects delay
    delays diversity downtime dropout dso duration earnings ebitda efficiency emissions
    energy engagement enps enrollment enrolment eps error errors escalations expense
    expenses failures faults fcp fees footprint frequency funds gap gmv grades growth
    grr headcount hospitalisations hunger iacv incidence incidents income infections
    injuries latency lcp length likelihood liquidity literacy load loyalty ltv margin
    margins mau mistake mistakes mortality mrr mtbf mttd mtti mttr ndr niacv noise nps
    nrr occupancy oee opex outages overdue p50 p90 p95 p99 participation penetration
    percentage pipeline poverty precision prevalence price prices probability
    productivity profit profits proportion quota rank ranking rate rates rating ratings
    ratio reach readmissions recall receivables refunds regressions representation
    retention returns revenue revenues rework roi runway sales satisfaction savings
    score scores scrap sentiment share sla slas slo slos speed spend stickiness
    stock-outs stockouts tco temperature throughput tickets time-to-fill time-to-hire
    time-to-market time-to-resolution time-to-value traffic ttfb tti turnaround turnover
    unemployment uptake uptime usage utilisation utilization velocity violations volume
    vulnerabilities wait wastage waste wau yield yields"""
)

#: good things that can be felt and, with care, measured
QUALITIES = word_set(
    """accessibility agility autonomy behavior behaviour belonging brand collaboration
    comfort competence competitiveness confidence convenience cpu credibility culture
    discoverability effectiveness equity experience fairness flexibility fluency habits
    happiness health inclusion influence knowledge loyalty maintainability memory morale
    motivation outcome outcomes perception performance predictability proficiency
    profitability quality readability relationship relationships reliability reputation
    resilience responsiveness results robustness safety satisfaction scalability security
    skills speed stability stress transparency trust understanding usability visibility well-being
    wellbeing workload"""
)

#: levels that are kept rather than moved
LEVELS = word_set("availability budget-burn csat error-budget sla slas slo slos uptime")

#: words before "time" that make it a metric
TIMED = word_set(
    """approval average avg build call changeover close closing cycle delivery deploy
    deployment execution fulfillment fulfilment handling hold job lag lead load loading mean
    median merge onboarding page processing query queue ramp ramp-up recovery reply
    resolution response review run running setup startup travel turnaround wait waiting"""
)

#: things counted whose number others decide
THIRD_PARTY_COUNTS = word_set(
    """accounts activations adopters advocates ambassadors applicants applications
    attendances attendees backlinks beneficiaries bookings businesses buyers candidates
    carers champions check-ins children citations cities citizens clicks clients comments
    communities companies consumers contributions contributors countries customers deals
    developers donations donors downloads drivers enquiries enterprises evangelists families
    fans farmers followers forks fundraisers girls graduates guests hospitals households
    impressions inbound inquiries installations installs leads learners licences licenses
    likes listeners logins logos members mentions merchants merged-contributions mqls
    nominations opens opportunities orders organisations organizations pageviews parents
    participants partners patients people players pledges prospects pupils purchases quotes
    reactions readers referrals registrants registrations renewals requests resellers
    reservations residents respondents responses returns reviewers reviews riders rides
    rsvps sals schools seats sellers sessions shares shoppers sign-ups signups sponsors
    sponsorships sqls stars startups stays students submissions subscribers subscriptions
    supporters teachers tenants tenders testimonials transactions trials trips universities
    upgrades upsells upvotes users viewers views visitors visits volunteers voters wins
    women"""
)

#: people outside the team and what they bring, as subjects
THIRD_PARTIES = word_set(
    """accounts analysts applicants applications attendees buyer buyers calls cases children
    citizens client clients community companies consumers contributor contributors customer
    customers deals deliveries developers donor donors downloads everyone families graduates
    guests households incidents investors invoices issues learners members merchants
    opportunities orders parents participants partner partners patient patients payments
    people projects prospects pupils queries readers registrations renewals repositories
    requests residents respondents schools sellers sessions student students subscriber
    subscribers suppliers tickets transactions user users viewers visitor visitors visits
    women"""
)

#: people inside the house
INTERNALS = word_set(
    """ae aes board ces colleague colleagues crew csm csms department departments designer
    designers director directors employee employees engineer engineers everyone executive
    executives hires ic ics instructors interns joiners leader leaders leadership manager
    managers member members nurses officers organisers our personnel pm pms recruiter
    recruiters rep reps sa salespeople sas sdr sdrs se ses squad squads staff starters
    supervisor supervisors tam tams team teammate teammates teams trainer trainers tutors we
    worker workers"""
)

#: who joins when a hire is made
ROLES = word_set(
    """ae aes analyst analysts architect architects assistant assistants candidate
    candidates ceo cfo ciso cmo consultant consultants coo coordinator coordinators cro cto
    designer designers developer developers director directors employee employees engineer
    engineers head headcount hire hires intern interns lead leads manager managers nurse
    nurses officer people pm pms position positions recruiter recruiters rep representative
    representatives reps role roles scientist scientists sdr sdrs secretary specialist
    specialists sre sres staff teacher teachers technician technicians trainer trainers
    treasurer trustee trustees vacancies vacancy volunteer volunteers vp writer writers"""
)

#: things a team makes, does or holds
ARTEFACTS = word_set(
    """ability ad adr ads advert advertisement adverts agenda alert alerting alerts analyses
    analysis analytics announcement announcements api apis app application apps
    architecture archive article articles assessment assessments audit audits automation
    automations backup backups baseline baselines benchmark benchmarks beta bindings
    blog blogs blueprint booklet booth bot bots branding brochure budget budgets
    building bundle buy-in calendar campaign campaigns capabilities capability
    case-study catalog catalogue ceremony chapter chapters charter chatbot check-in
    checklist checklists cluster coaching collateral committee component components
    conference conferences config configuration connector connectors content control
    controls copy council course courses criteria curriculum dashboard dashboards data
    database databases dataset datasets debrief deck decks definition definitions
    deliverable deliverables demo demos deployment deployments design designs doc docs
    document documentation documents driver drivers ebook email emails enablement
    endpoint endpoints environment environments epic epics equipment event events
    example examples exhibition experiment experimentation experiments extension
    extensions facilities facility faq faqs feature features feedback file files fix
    fixes folder forecast form forms framework frameworks functionality garden goal
    goals group groups guide guideline guidelines guides hackathon handbook handler
    homepage hub hypotheses hypothesis icon implementation index infrastructure
    initiative initiatives input instrumentation integration integrations interface
    interfaces interview interview-guide interviews intranet inventory issue issues item
    items job kit kpi kpis landing-page launch leaflet lesson lessons libraries library
    list lists logging machine machines manual manuals map material materials matrix
    measurement mechanism mechanisms meeting meetings meetup meetups mentoring
    mentorship merge-requests messaging metric metrics migration migrations milestone
    milestones minutes mission mockup mockups model models module modules monitoring mrs
    mvp narrative newsletter newsletters notes observability offboarding offering
    offerings offsite okr okrs onboarding one-on-ones org-chart package packages page
    pages parser patch patches persona personas photo photos pilot pilots pitch plan
    plans platform platforms playbook playbooks plugin plugins poc podcast podcasts
    policies policy portal positioning post poster posters postmortem postmortems posts
    pr presentation presentations press-release procedure procedures process processes
    procurement product products program programme programmes programs project projects
    proposal proposals protocol protocols prototype prototypes prs pull-requests
    questionnaire questionnaires quickstart recommendation recommendations record
    recording recordings records redesign refactor refactoring register registry release
    releases repo report reporting reports repos repository requirement requirements
    research responsibilities retrospective retrospectives review rewrite rfc rfcs
    roadmap roadmaps roles roll-out rollout room rubric rule rules runbook runbooks
    scenario scenarios schedule schema scorecard scorecards screen screens script
    scripts sdk section sections server servers service services session setup show
    shows site sites solution solutions sow space spaces spec specification
    specifications specs sprint sprints stand-up stand-ups standard standards standup
    standups storage stories story strategies strategy structure structures studies
    study suite support survey surveys system systems talk talks target targets task
    tasks telemetry template templates tender test tests ticketing tool tooling toolkit
    tools tracing training trainings translation translations tutorial tutorials ui
    update updates upgrade use-case use-cases ux vehicle vendor vendors version versions
    video videos vision webinar webinars website websites whitepaper whitepapers wiki
    wireframe wireframes workflow workflows workshop workshops"""
)

#: what own people are trained by
INTERNAL_EVENTS = word_set(
    """certification course courses e-learning enablement induction module modules
    onboarding program programme session sessions training trainings workshop workshops"""
)

#: what only an independent party can grant
GRANTED = word_set(
    """accreditation accreditations approval approvals attestation authorisation
    authorization award awards certificate certificates certification certifications
    clearance endorsement fedramp funding grant grants licence license licensure nomination
    patent patents permit ratification reaccreditation recertification sign-off signoff
    trademark"""
)

#: what needs a second signature
AGREEMENTS = word_set(
    """agreement agreements alliance alliances contract contracts lease loi lois mou mous
    msa msas partnership partnerships treaty"""
)

#: what an outside examiner looks at
EXAMINED = word_set(
    """accreditation audit b-corp compliance exam fedramp gdpr hipaa inspection iso pci soc"""
)

#: what is handed in for others to accept
SUBMITTED = word_set(
    """abstract abstracts application applications article bid bids manuscript offer offers
    paper papers proposal proposals submission submissions talk talks"""
)

#: who grants
APPROVERS = word_set(
    """auditor auditors authority bank board commission committee council ema faculty fda
    funder government investors ministry parliament registrar regulator regulators senate
    shareholders trustees"""
)

#: what is approved by somebody above or outside
APPROVED_THINGS = word_set("budget bylaws charter licence license loan patent permit visa zoning")

#: participles of the grant itself
GRANTING = word_set(
    """accepted accredited appointed certified contracted elected filled hired licensed
    ratified recruited rehired"""
)

#: participles of work done for others, whose speed or share is a result
HANDLED = word_set(
    """acknowledged addressed answered cleared closed completed covered delivered dispatched
    fixed handled met paid processed reached received recovered resolved responded retained
    returned reviewed routed served shipped solved triaged"""
)

#: what own people do with a training
TRAINED = word_set(
    """attend attended attending attends certified complete completed completes completing
    done finish finished finishes participate participated pass passed receive received
    receives take taken takes taking trained undergo undergone"""
)

#: verbs of own people who behave in another way
BEHAVES = word_set(
    """adopt adopted adopts agree believe feel feels know recommend relies rely say trust
    trusts understand use uses using"""
)

#: words that say a thing exists now
FINISHED = word_set(
    """agreed available complete completed done finished functional functioning in-place
    live operational place production public ready understood up-to-date usable"""
)

#: states somebody can notice
FELT = word_set(
    """accurate ahead aware better clear clearer comfortable competitive confident easier
    easy efficient empowered engaged fast faster happier happy healthy higher lower
    motivated performant productive profitable quick quicker reliable resilient responsive
    safe safer satisfied scalable secure simple simpler slow slower stable sustainable
    trusted visible"""
)

#: a change as a noun
CHANGE_NOUNS = word_set(
    """boost cut decline decrease drop fall gain growth improvement increase jump lift
    reduction rise uplift"""
)

#: counting words: what is counted follows
COUNTING = word_set(
    """% amount average count half level levels majority maximum median minimum number
    numbers percent percentage proportion quantity quarter rate remaining rest set share sum
    third total volume"""
)

#: bounds of a number
COMPARATIVES = word_set(
    """above below beyond exceeding exceeds fewer greater higher least less lower max
    maximum min minimum more most over than under up-to within"""
)

#: verbs that are nouns at least as often
NOUNS_TOO = word_set(
    """address answer audit average baseline benchmark blog brief budget build cache call
    clean close coach contact contract demo design document drive ease edit email experiment
    export file film fix forecast form grade host import index influence label launch lead
    link list log map market mentor model move offer open order partner patch pilot plan
    port post print process profile progress rank rate record release report research return
    review run sample scale schedule score seed share sign source speed spread staff stock
    structure study supply support survey tag target test track train transfer trial tweet
    update upgrade use visit"""
)

#: words before a noun
DETERMINERS = word_set(
    """a all an any at both each every five four its more new our the their these this three
    two up"""
)

#: articles and possessives, which add nothing to a noun
ARTICLES = word_set("a an her his its my our the their your")

#: forms of to be, and what stands like them
BE = word_set(
    """are be been being can could do does had has have is may must shall should was were
    will"""
)

#: prepositions
PREPOSITIONS = word_set(
    """about above across after against among around as at before behind below between by
    during for from in including into like of on onto over per than through throughout till
    to toward towards under until upon using versus via vs with within without"""
)

#: conjunctions and relative pronouns
JOINERS = word_set(
    """& + and as-well-as because but if or plus so that then when where whether which while
    who"""
)

#: words before a verb that change nothing
ADVERBS = word_set(
    """actively additionally also always and at clearly collaboratively collectively
    completely consistently continuously dramatically effectively efficiently externally
    finally formally fully further globally i initially internally jointly just least must
    never not only please proactively properly publicly quickly regularly safely shall
    should significantly substantially successfully sustainably then to we we'll we're we've
    will"""
)
