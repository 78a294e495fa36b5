//! Publishing is interrupted in every way and at every place, and run again: nothing is lost, and nothing is there twice.

use std::{
    collections::BTreeSet,
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    sync::{
        Arc, Barrier,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::Duration,
};

use super::fixture::{Releasing, TAG};
use crate::support::{Fault, Request};

/// How many requests a run makes that nothing disturbs.
fn requests() -> Vec<String> {
    let Some(releasing) = Releasing::new() else { return Vec::new() };
    releasing.project.output(&mut releasing.publish()).status(0);
    releasing.github.requests()
}

fn is_upload(request: &Request) -> bool {
    request.path.starts_with("/uploads/")
}

#[test]
fn an_upload_that_fails_at_any_file_leaves_a_draft_and_the_next_run_completes() {
    let Some(releasing) = Releasing::new() else { return };
    let names: BTreeSet<_> = releasing.files().into_iter().map(|(_, name)| name).collect();
    for failing in names {
        let Some(releasing) = Releasing::new() else { return };
        let name = failing.clone();
        releasing.github.set_faults(move |_, request| {
            let fails = is_upload(request) && request.query["name"] == name;
            if fails { Fault::Status(500) } else { Fault::None }
        });
        let expected = format!("{failing} could not be uploaded to {TAG}");
        releasing.project.output(&mut releasing.publish()).status(1).stderr_has(&expected);
        let held = releasing.github.state().releases.clone();
        assert!(held.len() == 1 && held[0].draft, "{failing}: {held:#?}");
        releasing.github.heal();
        releasing.project.output(&mut releasing.publish()).status(0);
        releasing.assert_published();
    }
}

#[test]
fn one_refusal_or_one_lost_answer_at_any_request_is_got_over_at_once() {
    // Of the uploads, one is as good as the other.
    let is_another_upload =
        |request: &str| request.starts_with("POST /uploads/") && !request.ends_with(" checksums.txt");
    let all = requests();
    for (position, request) in all.iter().enumerate().filter(|(_, request)| !is_another_upload(request)) {
        let at = position + 1;
        for fault in [Fault::Status(if at % 2 == 0 { 429 } else { 500 }), Fault::CutAfter] {
            let Some(releasing) = Releasing::new() else { return };
            releasing.github.set_faults(move |number, _| if number == at { fault } else { Fault::None });
            let output = releasing.project.output(&mut releasing.publish());
            assert_eq!(&releasing.github.requests()[position], request);
            assert!(output.is_success(), "{fault:?} at {request}\n{output}");
            // Of the drafts, none is left but where the look for them failed, which is the last request.
            if at < all.len() {
                releasing.assert_published();
            }
        }
    }
}

#[test]
fn a_network_that_is_gone_before_the_release_is_published_leaves_a_draft() {
    let Some(releasing) = Releasing::new() else { return };
    let mut is_gone = false;
    releasing.github.set_faults(move |_, request| {
        is_gone |= request.method == "PATCH";
        if is_gone { Fault::CutBefore } else { Fault::None }
    });
    releasing.project.output(&mut releasing.publish()).status(1).stderr_has("run this again");
    assert!(releasing.github.state().releases.iter().all(|release| release.draft));
    releasing.github.heal();
    releasing.project.output(&mut releasing.publish()).status(0);
    releasing.assert_published();
}

/// Runs the command, and kills it and its children when the n-th request is done: what is asked arrives, the answer does not.
fn kill_at(releasing: &Releasing, at: usize) {
    let group = Arc::new(AtomicU32::new(0));
    releasing.github.set_faults({
        let group = Arc::clone(&group);
        move |number, _| {
            if number != at {
                return Fault::None;
            }
            while group.load(Ordering::SeqCst) == 0 {
                std::thread::sleep(Duration::from_millis(1));
            }
            let group = format!("-{}", group.load(Ordering::SeqCst));
            assert!(Command::new("kill").args(["-KILL", "--", &group]).status().unwrap().success());
            Fault::CutAfter
        }
    });
    let mut publish = releasing.publish();
    let mut child = publish.process_group(0).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    group.store(child.id(), Ordering::SeqCst);
    let status = child.wait().unwrap();
    assert_eq!(status.code(), None, "it was not killed at request {at}");
}

#[test]
fn a_run_that_is_killed_at_any_request_is_completed_by_the_next_one() {
    for at in 1..=requests().len() {
        let Some(releasing) = Releasing::new() else { return };
        kill_at(&releasing, at);
        let published = releasing.github.state().releases.iter().find(|release| !release.draft).cloned();
        releasing.github.heal();
        releasing.project.output(&mut releasing.publish()).status(0);
        releasing.assert_published();
        if let Some(release) = published {
            assert_eq!(releasing.github.state().releases[0], release, "what was published was touched");
        }
    }
}

#[test]
fn drafts_of_earlier_runs_are_neither_used_nor_left() {
    let Some(releasing) = Releasing::new() else { return };
    for _ in 0..2 {
        let mut state = releasing.github.state();
        state.publish(TAG, &[("jq-standalone-linux-amd64.tar.zst", b"half of it"), ("other", b"x")]);
        state.releases.last_mut().unwrap().draft = true;
        state.tags.clear();
    }
    // Somebody else's is left alone.
    releasing.github.state().publish("other-v1", &[]);
    releasing.github.state().releases[2].draft = true;
    releasing.project.output(&mut releasing.publish()).status(0);
    assert_eq!(releasing.github.state().of_tag("other-v1").len(), 1);
    releasing.github.state().releases.retain(|release| release.tag == TAG);
    releasing.assert_published();
}

/// A second publisher of the same tag, on the same GitHub, that built other bytes.
fn rival(releasing: &Releasing) -> Option<(Releasing, Command)> {
    let rival = Releasing::built()?;
    rival.project.write("dist/jq-standalone-linux-amd64.tar.zst", "other bytes\n");
    rival.project.output(&mut rival.script("sign-release.sh", &["dist"])).status(0);
    let mut publish = rival.publish();
    releasing.github.reached_by(&mut publish);
    Some((rival, publish))
}

/// Asserts that the release is one of the two, and whole.
#[track_caller]
fn assert_published_by(winner: &Releasing, github: &Releasing) {
    let releases = github.github.state().releases.clone();
    assert_eq!(releases.len(), 1, "{releases:#?}");
    assert!(!releases[0].draft);
    for asset in &releases[0].assets {
        assert_eq!(fs_err::read(winner.at(&format!("dist/{}", asset.name))).unwrap(), asset.bytes, "{}", asset.name);
    }
    assert_eq!(releases[0].assets.len(), winner.files().len());
}

#[test]
fn of_two_that_publish_in_the_same_moment_one_wins_and_the_other_knows() {
    let Some(releasing) = Releasing::new() else { return };
    let Some((rival, mut rival_publish)) = rival(&releasing) else { return };
    // Both have filled their drafts before either is published.
    let meeting = Arc::new(Barrier::new(2));
    releasing.github.set_gate(move |request| {
        if request.method == "PATCH" {
            meeting.wait();
        }
    });
    let own = std::thread::scope(|scope| {
        let other = scope.spawn(|| rival.project.output(&mut rival_publish));
        let own = releasing.project.output(&mut releasing.publish());
        other.join().unwrap().status(0);
        own
    });
    own.status(0);
    let amd64 = "jq-standalone-linux-amd64.tar.zst";
    let held = releasing.github.state().of_tag(TAG)[0].assets.iter().find(|it| it.name == amd64).unwrap().bytes.clone();
    let winner = if held == b"other bytes\n" { &rival } else { &releasing };
    assert_published_by(winner, &releasing);
}

#[test]
fn a_publisher_that_is_overtaken_ends_well_and_adds_nothing() {
    let Some(releasing) = Releasing::new() else { return };
    let Some((rival, mut rival_publish)) = rival(&releasing) else { return };
    // The first one waits at its third file until the other is done.
    let (go_on, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(Some(wait));
    let (arrived, at_the_file) = mpsc::channel::<()>();
    let arrived = std::sync::Mutex::new(arrived);
    let uploads = AtomicU32::new(0);
    releasing.github.set_gate(move |request| {
        if is_upload(request) && uploads.fetch_add(1, Ordering::SeqCst) == 2 {
            let wait = wait.lock().unwrap().take();
            arrived.lock().unwrap().send(()).unwrap();
            if let Some(wait) = wait {
                wait.recv().unwrap();
            }
        }
    });
    std::thread::scope(|scope| {
        let first = scope.spawn(|| releasing.project.output(&mut releasing.publish()));
        at_the_file.recv().unwrap();
        rival.project.output(&mut rival_publish).status(0);
        go_on.send(()).unwrap();
        first.join().unwrap().status(0).stderr_has("was published by another run");
    });
    assert_published_by(&rival, &releasing);
}
