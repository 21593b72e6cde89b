//! Every row of the decider's table, and the fold against its increments.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::mention::{Disposition, Intent, Labels, Language, NoResponseReason, Status};
use crate::plan::Localized;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

/// A case with its own log: every decided event is recorded a minute after the one before.
#[derive(Default)]
struct Desk {
    case: CaseState,
    entries: Vec<Entry>,
}

impl Desk {
    fn now(&self) -> DateTime<Utc> {
        at(self.entries.len() as i64)
    }

    fn try_as(&self, actor: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        let actor: Id = actor.into();
        decide(command, &self.case, &Context::new(&actor, self.now(), self.case.last()))
    }

    fn act_as(&mut self, actor: &str, command: &Command) -> Result<(), Refusal> {
        for event in self.try_as(actor, command)? {
            let seq = self.entries.len() as u64 + 1;
            let id = RecordId::new("k3f9", seq);
            let entry = Entry { id, at: self.now(), actor: actor.into(), batch: None, event };
            self.case.evolve(&entry);
            self.entries.push(entry);
        }
        Ok(())
    }

    fn act(&mut self, command: &Command) -> Result<(), Refusal> {
        self.act_as("mchan", command)
    }

    /// A case in which `commands` were done.
    fn after(commands: &[Command]) -> Self {
        let mut desk = Self::default();
        for command in commands {
            desk.act(command).expect("allowed");
        }
        desk
    }
}

fn decided(disposition: Disposition) -> Command {
    Command::Decide { disposition, reason: None, note: None, clause: None }
}

fn let_stand() -> Command {
    decided(Disposition::LetStand)
}

fn reply(holding: bool) -> Reply {
    Reply { message: Some("KM-2".into()), lang: Language::En, text: "Boil it.".to_owned(), edited: false, holding }
}

fn copy() -> Command {
    Command::Copy { reply: reply(false), authorized_by: Some("M. Chan".to_owned()) }
}

fn post() -> Command {
    Command::Post { permalink: None, disposition: None }
}

fn note() -> Command {
    Command::Note { text: "seen".to_owned() }
}

fn escalate(tier: u8) -> Command {
    Command::Escalate { tier, to: "CAO".to_owned(), brief: "…".to_owned(), due: None }
}

fn snooze(minute: i64) -> Command {
    Command::Snooze { until: at(minute) }
}

fn branch(why: &str) -> Command {
    let (outcome, path, answers) = ("respond".into(), vec!["relevant".into()], Vec::new());
    Command::OverrideBranch { outcome, path, answers, why: why.to_owned() }
}

fn link(permalink: &str) -> Command {
    Command::AddPermalink { permalink: permalink.to_owned() }
}

#[rstest]
#[case::decide(&[], let_stand(), Status::Closed)]
#[case::decide_again_otherwise(&[let_stand()], decided(Disposition::Spam), Status::Closed)]
#[case::holding_stays_open(&[], decided(Disposition::HoldingIssued), Status::PendingFact)]
#[case::copy(&[], copy(), Status::New)]
#[case::copy_on_a_closed_case(&[let_stand()], copy(), Status::Closed)]
#[case::post(&[copy()], post(), Status::Closed)]
#[case::post_after_a_decision(&[copy(), decided(Disposition::RespondedPublic)], post(), Status::Closed)]
#[case::link(&[copy(), post()], link("https://example.org/1"), Status::Closed)]
#[case::escalate(&[], escalate(2), Status::Escalated)]
#[case::escalate_higher(&[escalate(2)], escalate(3), Status::Escalated)]
#[case::escalate_a_closed_one(&[let_stand()], escalate(1), Status::Escalated)]
#[case::close_an_escalated_one(&[escalate(1)], decided(Disposition::EscalatedClosed), Status::Closed)]
#[case::snooze(&[], snooze(60), Status::Snoozed)]
#[case::snooze_longer(&[snooze(60)], snooze(90), Status::Snoozed)]
#[case::note(&[], note(), Status::New)]
#[case::note_on_a_closed_one(&[let_stand()], note(), Status::Closed)]
#[case::claim(&[], Command::Claim, Status::InReview)]
#[case::claim_an_escalated_one(&[escalate(1)], Command::Claim, Status::Escalated)]
#[case::release(&[Command::Claim], Command::Release, Status::New)]
#[case::capture(&[], Command::Capture, Status::New)]
#[case::branch(&[], branch("they asked"), Status::New)]
#[case::await_fact(&[], Command::Await(Awaits::Fact), Status::PendingFact)]
#[case::await_approval(&[Command::Claim], Command::Await(Awaits::Approval), Status::PendingApproval)]
#[case::await_author(&[Command::Await(Awaits::Fact)], Command::Await(Awaits::Author), Status::PendingAuthor)]
#[case::reopen(&[let_stand()], Command::Reopen, Status::Reopened)]
#[case::reopen_a_snoozed_one(&[snooze(60)], Command::Reopen, Status::Reopened)]
#[case::claim_a_reopened_one(&[let_stand(), Command::Reopen], Command::Claim, Status::InReview)]
#[case::undo(&[let_stand()], Command::Undo, Status::New)]
#[case::undo_to_what_was(&[escalate(1), let_stand()], Command::Undo, Status::Escalated)]
#[case::undo_twice(&[escalate(1), let_stand(), Command::Undo], Command::Undo, Status::New)]
#[case::redo(&[let_stand(), Command::Undo], Command::Redo, Status::Closed)]
#[case::redo_the_first_of_two(&[escalate(1), let_stand(), Command::Undo, Command::Undo], Command::Redo, Status::Escalated)]
#[case::redo_both(
    &[escalate(1), let_stand(), Command::Undo, Command::Undo, Command::Redo], Command::Redo, Status::Closed
)]
#[case::undo_what_was_redone(&[let_stand(), Command::Undo, Command::Redo], Command::Undo, Status::New)]
fn leads_to(#[case] before: &[Command], #[case] command: Command, #[case] status: Status) {
    let mut desk = Desk::after(before);
    assert_eq!(desk.act(&command), Ok(()));
    assert_eq!(desk.case.status(), status);
}

#[rstest]
#[case::same_decision(&[let_stand()], let_stand(), Refusal::AlreadyDecided(Disposition::LetStand))]
#[case::no_decision(&[], Command::ChangeReason { reason: NoResponseReason::Bait }, Refusal::NotDecided)]
#[case::empty_note(&[], Command::Note { text: " \n".to_owned() }, Refusal::EmptyText)]
#[case::branch_without_a_why(&[], branch(" "), Refusal::EmptyText)]
#[case::post_without_copy(&[], post(), Refusal::NothingCopied)]
#[case::post_twice(&[copy(), post()], post(), Refusal::AlreadyPosted)]
#[case::link_without_post(&[copy()], link("https://example.org"), Refusal::NotPosted)]
#[case::link_that_is_none(&[copy(), post()], link("javascript:alert(1)"), Refusal::NotALink)]
#[case::tier_too_high(&[], escalate(4), Refusal::NoSuchTier(4))]
#[case::same_tier(&[escalate(2)], escalate(2), Refusal::AlreadyEscalated(2))]
#[case::snooze_in_the_past(&[note()], snooze(1), Refusal::SnoozeInThePast)]
#[case::snooze_a_closed_one(&[let_stand()], snooze(60), Refusal::Closed)]
#[case::claim_a_closed_one(&[let_stand()], Command::Claim, Refusal::Closed)]
#[case::wait_on_a_closed_one(&[let_stand()], Command::Await(Awaits::Fact), Refusal::Closed)]
#[case::wait_twice(&[Command::Await(Awaits::Fact)], Command::Await(Awaits::Fact), Refusal::AlreadyAwaiting(Awaits::Fact))]
#[case::claim_twice(&[Command::Claim], Command::Claim, Refusal::ClaimedBy("mchan".into()))]
#[case::release_what_nobody_has(&[], Command::Release, Refusal::NotClaimed)]
#[case::capture_twice(&[Command::Capture], Command::Capture, Refusal::AlreadyCaptured)]
#[case::reopen_an_open_one(&[], Command::Reopen, Refusal::NotClosed)]
#[case::nothing_to_undo(&[], Command::Undo, Refusal::NothingToUndo)]
#[case::all_undone(&[let_stand(), Command::Undo], Command::Undo, Refusal::NothingToUndo)]
#[case::undo_a_post(&[copy(), post()], Command::Undo, Refusal::CannotBeUndone)]
#[case::undo_a_capture(&[Command::Capture], Command::Undo, Refusal::CannotBeUndone)]
#[case::undo_a_post_below_a_note(&[copy(), post(), note(), Command::Undo], Command::Undo, Refusal::CannotBeUndone)]
#[case::nothing_to_redo(&[let_stand()], Command::Redo, Refusal::NothingToRedo)]
#[case::redo_after_a_new_act(&[let_stand(), Command::Undo, note()], Command::Redo, Refusal::NothingToRedo)]
#[case::redo_twice(&[let_stand(), Command::Undo, Command::Redo], Command::Redo, Refusal::NothingToRedo)]
fn is_refused(#[case] before: &[Command], #[case] command: Command, #[case] refusal: Refusal) {
    let mut desk = Desk::after(before);
    let was = desk.case.clone();
    assert_eq!(desk.act(&command), Err(refusal));
    assert_eq!(desk.case, was);
}

#[test]
fn a_stale_base_is_refused_before_anything_else() {
    let desk = Desk::after(&[note()]);
    let actor: Id = "mchan".into();
    for command in [Command::Undo, let_stand(), note()] {
        let refusal = decide(&command, &desk.case, &Context::new(&actor, at(9), None));
        assert_eq!(refusal, Err(Refusal::StaleBase { last: desk.case.last().cloned(), seen: None }));
    }
}

#[test]
fn undo_and_redo_reach_ones_own_acts_only() {
    let mut desk = Desk::after(&[let_stand()]);
    assert_eq!(desk.try_as("ana", &Command::Undo), Err(Refusal::NothingToUndo));
    desk.act_as("ana", &note()).expect("allowed");
    assert_eq!(desk.act(&Command::Undo), Err(Refusal::LaterActStands { by: "ana".into() }));
    desk.act_as("ana", &Command::Undo).expect("her own");
    assert_eq!(desk.try_as("mchan", &Command::Redo), Err(Refusal::NothingToRedo));
    desk.act(&Command::Undo).expect("nothing stands on it any more");
    assert_eq!(desk.case.status(), Status::New);
}

#[test]
fn a_claim_of_another_is_released_first() {
    let mut desk = Desk::after(&[Command::Claim]);
    assert_eq!(desk.act_as("ana", &Command::Claim), Err(Refusal::ClaimedBy("mchan".into())));
    desk.act_as("ana", &Command::Release).expect("recorded as hers");
    desk.act_as("ana", &Command::Claim).expect("free");
    assert_eq!(desk.case.claimed_by().map(|who| &**who), Some("ana"));
}

#[test]
fn a_posted_reply_closes_with_the_road_maps_outcome_or_as_what_it_is() {
    let as_told = |holding: bool, disposition: Option<Disposition>| {
        let copy = Command::Copy { reply: reply(holding), authorized_by: None };
        Desk::after(&[copy, Command::Post { permalink: None, disposition }]).case.disposition()
    };
    assert_eq!(as_told(false, None), Some(Disposition::RespondedPublic));
    assert_eq!(as_told(false, Some(Disposition::Corrected)), Some(Disposition::Corrected));
    assert_eq!(as_told(false, Some(Disposition::LetStand)), Some(Disposition::RespondedPublic));
    assert_eq!(as_told(true, Some(Disposition::Corrected)), Some(Disposition::HoldingIssued));
    let desk = Desk::after(&[copy(), post(), link(" https://example.org/1 ")]);
    let posted = desk.case.posted().expect("posted");
    assert_eq!((posted.permalink.as_deref(), &posted.reply), (Some("https://example.org/1"), &reply(false)));
    assert_eq!(desk.case.copied(), None);
}

#[test]
fn an_edited_reply_has_no_approver_and_may_need_one() {
    let edited = Reply { edited: true, ..reply(false) };
    let command = Command::Copy { reply: edited.clone(), authorized_by: Some("M. Chan".to_owned()) };
    let events = Desk::default().try_as("mchan", &command);
    assert_eq!(events, Ok(vec![Event::Copied { reply: edited, authorized_by: None }]));
    let actor: Id = "mchan".into();
    let strict = Context { approve_edited: true, ..Context::new(&actor, at(0), None) };
    assert_eq!(decide(&command, &CaseState::default(), &strict), Err(Refusal::EditedNeedsApproval));
    assert!(decide(&copy(), &CaseState::default(), &strict).is_ok());
}

#[test]
fn nothing_public_answers_what_was_not_said_in_public() {
    let actor: Id = "mchan".into();
    let closed = Context { closed: true, ..Context::new(&actor, at(0), None) };
    for disposition in [Disposition::RespondedPublic, Disposition::Amplified] {
        let refused = decide(&decided(disposition), &CaseState::default(), &closed);
        assert_eq!(refused, Err(Refusal::NotSaidInPublic(disposition)));
    }
    assert!(decide(&decided(Disposition::RespondedPrivate), &CaseState::default(), &closed).is_ok());
    let desk = Desk::after(&[copy()]);
    let closed = Context { closed: true, ..Context::new(&actor, at(1), desk.case.last()) };
    for suggested in [None, Some(Disposition::RespondedPublic)] {
        let events = decide(&Command::Post { permalink: None, disposition: suggested }, &desk.case, &closed);
        let posted = events.expect("allowed").into_iter().next();
        let Some(Event::Posted { disposition, .. }) = posted else { panic!("{posted:?}") };
        assert_eq!(disposition, Disposition::RespondedPrivate);
    }
}

#[test]
fn a_changed_reason_is_a_decision_that_can_be_undone() {
    let mut desk = Desk::after(&[let_stand(), Command::ChangeReason { reason: NoResponseReason::Bait }]);
    assert_eq!(desk.case.reason(), Some(NoResponseReason::Bait));
    let same = Command::ChangeReason { reason: NoResponseReason::Bait };
    assert_eq!(desk.act(&same), Err(Refusal::SameReason));
    desk.act(&Command::Undo).expect("one's own");
    assert_eq!((desk.case.disposition(), desk.case.reason()), (Some(Disposition::LetStand), None));
}

#[rstest]
#[case::decided(&[Command::Claim, let_stand(), note()], Some(1), Some(1))]
#[case::copied(&[copy(), post()], Some(0), Some(1))]
#[case::escalated(&[escalate(1)], Some(0), None)]
#[case::noted(&[Command::Claim, note()], Some(1), None)]
#[case::holding(&[note(), decided(Disposition::HoldingIssued), let_stand()], Some(0), Some(1))]
#[case::snoozed(&[snooze(60), Command::Claim], None, None)]
#[case::undone(&[let_stand(), Command::Undo], None, None)]
fn clocks_stop(#[case] acts: &[Command], #[case] acknowledged: Option<i64>, #[case] substance: Option<i64>) {
    let case = Desk::after(acts).case;
    assert_eq!((case.acknowledged_at(), case.substance_at()), (acknowledged.map(at), substance.map(at)));
}

#[test]
fn snoozing_and_waiting_for_the_author_pause_the_clock_for_substance() {
    // Snoozed 0..60 but woken at 1; waits for the author from 2 to 4.
    let author = Command::Await(Awaits::Author);
    let case = Desk::after(&[snooze(60), Command::Reopen, author, note(), Command::Await(Awaits::Fact)]).case;
    assert_eq!(case.paused_for(at(100)), TimeDelta::minutes(3));
    assert!(case.is_paused(at(3)) && !case.is_paused(at(1)) && !case.is_paused(at(50)));
    let snoozed = Desk::after(&[snooze(60)]).case;
    assert_eq!(
        (snoozed.paused_for(at(30)), snoozed.paused_for(at(90))),
        (TimeDelta::minutes(30), TimeDelta::minutes(60))
    );
    assert_eq!((snoozed.status_at(at(59)), snoozed.status_at(at(60))), (Status::Snoozed, Status::Reopened));
}

/// Two cases closed by one bulk act, with the undo as decided on the first.
fn bulk() -> (CaseState, CaseState) {
    let batch = Some(Batch { first: RecordId::new("k3f9", 1), size: 2 });
    let entry = |seq| Entry {
        id: RecordId::new("k3f9", seq),
        at: at(0),
        actor: "mchan".into(),
        batch: batch.clone(),
        event: Event::Decided { disposition: Disposition::LetStand, reason: None, note: None, clause: None },
    };
    (CaseState::fold([entry(1)]), CaseState::fold([entry(2)]))
}

#[test]
fn a_bulk_act_is_undone_and_redone_whole() {
    let (mut first, mut second) = bulk();
    let actor: Id = "mchan".into();
    for (seq, command, status) in [(3, Command::Undo, Status::New), (4, Command::Redo, Status::Closed)] {
        let context = Context { companions: &[&second], ..Context::new(&actor, at(1), first.last()) };
        let events = decide(&command, &first, &context).expect("allowed");
        let event = events.into_iter().next().expect("one record");
        let entry = Entry { id: RecordId::new("k3f9", seq), at: at(1), actor: actor.clone(), batch: None, event };
        first.evolve(&entry);
        second.evolve(&entry);
        assert_eq!((first.status(), second.status()), (status, status));
    }
    let Event::Undone { undoes } = &first.history()[1].event else { panic!("an undo") };
    assert_eq!(undoes, &[RecordId::new("k3f9", 1), RecordId::new("k3f9", 2)]);
}

#[test]
fn a_bulk_act_stays_when_a_later_act_stands_on_any_of_its_cases() {
    let (first, mut second) = bulk();
    let event = Event::Noted { note: "later".to_owned() };
    second.evolve(&Entry { id: RecordId::new("x7y8", 1), at: at(1), actor: "ana".into(), batch: None, event });
    let actor: Id = "mchan".into();
    let context = Context { companions: &[&second], ..Context::new(&actor, at(2), first.last()) };
    assert_eq!(decide(&Command::Undo, &first, &context), Err(Refusal::LaterActStands { by: "ana".into() }));
}

/// The plan's clauses of these tests.
fn clauses() -> Vec<(Id, Localized)> {
    [("C-1", "Threats"), ("C-2", "Private details")].map(|(id, title)| (id.into(), Localized::same(title))).into()
}

fn citing(disposition: Disposition, clause: Option<&str>) -> Command {
    Command::Decide { disposition, reason: None, note: None, clause: clause.map(Id::from) }
}

#[rstest]
#[case::moderation_cites_one(citing(Disposition::ModerationRecorded, Some("C-2")), Ok(Some("C-2")))]
#[case::a_reminder_may(citing(Disposition::GuidelinesReminder, Some("C-1")), Ok(Some("C-1")))]
#[case::a_reminder_need_not(citing(Disposition::GuidelinesReminder, None), Ok(None))]
#[case::moderation_without_one(
    citing(Disposition::ModerationRecorded, None), Err(Refusal::ClauseNeeded { clauses: clauses() })
)]
#[case::one_the_plan_does_not_have(
    citing(Disposition::ModerationRecorded, Some("C-9")),
    Err(Refusal::UnknownClause { clause: "C-9".into(), clauses: clauses() })
)]
#[case::another_decision(
    citing(Disposition::LetStand, Some("C-1")),
    Err(Refusal::CitesNoClause(Disposition::LetStand))
)]
fn a_clause_is_cited_where_it_belongs(#[case] command: Command, #[case] cited: Result<Option<&str>, Refusal>) {
    let (actor, clauses): (Id, _) = ("mchan".into(), clauses());
    let context = Context { clauses: &clauses, ..Context::new(&actor, at(0), None) };
    let decided = decide(&command, &CaseState::default(), &context).map(|events| match &events[..] {
        [Event::Decided { clause, .. }] => clause.clone(),
        other => panic!("one decision: {other:?}"),
    });
    assert_eq!(decided, cited.map(|clause| clause.map(Id::from)));
}

#[test]
fn a_plan_without_clauses_asks_for_none() {
    assert!(Desk::default().try_as("mchan", &citing(Disposition::ModerationRecorded, None)).is_ok());
    let refusal = Desk::default().try_as("mchan", &citing(Disposition::ModerationRecorded, Some("C-1")));
    assert_eq!(refusal, Err(Refusal::UnknownClause { clause: "C-1".into(), clauses: Vec::new() }));
}

#[rstest]
#[case::open_questions_need_no_why(&[("rant", false)], "", Ok(None))]
#[case::a_why_is_kept(&[("rant", false)], " seen before ", Ok(Some("seen before")))]
#[case::against_the_plan_needs_one(&[("rant", false), ("relevant", true)], "", Err(Refusal::EmptyText))]
#[case::without_answers_too(&[], "", Err(Refusal::EmptyText))]
fn a_walk_says_why_where_it_overrules(
    #[case] answers: &[(&str, bool)],
    #[case] why: &str,
    #[case] note: Result<Option<&str>, Refusal>,
) {
    let answers = answers.iter().map(|(step, against)| Answer { step: (*step).into(), yes: true, against: *against });
    let answers: Vec<Answer> = answers.collect();
    let command = Command::OverrideBranch {
        outcome: "let_stand".into(),
        path: vec!["rant".into()],
        answers: answers.clone(),
        why: why.to_owned(),
    };
    let mut desk = Desk::default();
    let done = desk.act(&command).map(|()| desk.case.overridden().expect("a branch").why.clone());
    assert_eq!(done, note.map(|note| note.map(str::to_owned)));
    if let Some(walked) = desk.case.overridden() {
        assert_eq!((&walked.answers, &*walked.by), (&answers, "mchan"));
        desk.act(&Command::Undo).expect("a walk is taken back like any act");
        assert_eq!(desk.case.overridden(), None);
    }
}

#[test]
fn labels_said_by_a_person_add_up_and_are_taken_back() {
    let relabel = |labels: Labels, was: Labels| Command::Relabel { labels, was, note: Some(" a joke ".to_owned()) };
    let calm = Labels { hostility: Some(0), ..Labels::default() };
    let was = Labels { hostility: Some(2), ..Labels::default() };
    let mut desk = Desk::default();
    desk.act(&relabel(calm.clone(), was)).expect("another label");
    let question = Labels { intents: Some(vec![Intent::Question]), ..Labels::default() };
    desk.act(&relabel(question.clone(), Labels::default())).expect("one more");
    assert_eq!(*desk.case.labels(), Labels { intents: question.intents, ..calm.clone() });
    assert_eq!((desk.case.status(), desk.case.notes().len()), (Status::New, 2));
    desk.act(&Command::Undo).expect("is taken back like any act");
    assert_eq!(*desk.case.labels(), calm);
    assert_eq!(desk.act(&relabel(calm.clone(), calm)), Err(Refusal::SameLabels));
}

#[test]
fn every_refusal_has_words_in_both_languages() {
    let refusals = [
        Refusal::SameLabels,
        Refusal::StaleBase { last: None, seen: None },
        Refusal::AlreadyDecided(Disposition::Spam),
        Refusal::ClauseNeeded { clauses: clauses() },
        Refusal::UnknownClause { clause: "C-9".into(), clauses: clauses() },
        Refusal::UnknownClause { clause: "C-9".into(), clauses: Vec::new() },
        Refusal::CitesNoClause(Disposition::Spam),
        Refusal::RepliesSuspended { title: Localized::same("Threat") },
        Refusal::NoSuchTier(4),
        Refusal::AlreadyEscalated(2),
        Refusal::AlreadyAwaiting(Awaits::Author),
        Refusal::ClaimedBy("ana".into()),
        Refusal::LaterActStands { by: "ana".into() },
        Refusal::CannotBeUndone,
    ];
    for lang in [crate::locale::Lang::En, crate::locale::Lang::Fr] {
        let locale = crate::locale::Locale::new(lang);
        for refusal in &refusals {
            assert!(refusal.text(&locale).ends_with('.'), "{refusal:?}");
        }
    }
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(let_stand()),
        Just(decided(Disposition::HoldingIssued)),
        Just(Command::ChangeReason { reason: NoResponseReason::Bait }),
        Just(copy()),
        Just(post()),
        Just(link("https://example.org/1")),
        (0..4_u8).prop_map(escalate),
        (0..60_i64).prop_map(snooze),
        Just(note()),
        Just(Command::Claim),
        Just(Command::Release),
        Just(Command::Capture),
        Just(branch("why")),
        Just(Command::Await(Awaits::Author)),
        Just(Command::Reopen),
        Just(Command::Undo),
        Just(Command::Undo),
        Just(Command::Redo),
    ]
}

proptest! {
    #[test]
    fn folding_all_and_evolving_each_agree(
        acts in prop::collection::vec((any_command(), prop::sample::select(vec!["mchan", "ana"])), 0..40),
    ) {
        let mut desk = Desk::default();
        for (command, actor) in acts {
            let _ = desk.act_as(actor, &command);
            let folded = CaseState::fold(desk.entries.clone());
            prop_assert_eq!(&folded, &desk.case);
        }
        let mut twice = desk.case.clone();
        for entry in &desk.entries {
            twice.evolve(entry);
        }
        prop_assert_eq!(&twice, &desk.case);
    }

    #[test]
    fn an_undo_gives_back_what_was_and_a_redo_what_is(
        acts in prop::collection::vec(any_command(), 0..20), last in any_command(),
    ) {
        let mut desk = Desk::default();
        for command in acts {
            let _ = desk.act(&command);
        }
        let before = desk.case.clone();
        prop_assume!(!matches!(last, Command::Undo | Command::Redo) && desk.act(&last).is_ok());
        let after = desk.case.clone();
        if desk.act(&Command::Undo).is_ok() {
            prop_assert!(desk.case.same_facts(&before));
            desk.act(&Command::Redo).expect("nothing came between");
            prop_assert!(desk.case.same_facts(&after));
        }
    }
}
