//! The places of the checks, one below the other, and of the workflows of tools, a lane each.

use super::layout::{Arrow, Frame, Go, MARGIN, Picture, Placed, Rect, WIDTH};
use super::{Graph, Kind};

/// The column of the checks.
const CHAIN_WIDTH: u32 = 190;
const CHAIN_HEIGHT: u32 = 50;
/// Room for an arrow and its label.
const CHAIN_GAP: u32 = 42;

/// Between the checks and the lanes; the arrows to the lanes turn in its middle.
const GUTTER: u32 = 56;

const LANE_TITLE: u32 = 30;
const LANE_PADDING: u32 = 14;
const LANE_GAP: u32 = 12;
const JOB_HEIGHT: u32 = 46;
const JOB_GAP: u32 = 24;
/// Shares of the width of a lane: the last job names the release.
const SHARES: [u32; 4] = [23, 24, 22, 31];

/// Places everything but the units.
pub(super) fn place<'a>(graph: &'a Graph, picture: &mut Picture<'a>) {
    let checks: Vec<Rect> = (0..)
        .zip(graph.members(None))
        .map(|(row, _)| Rect {
            x: MARGIN,
            y: MARGIN + row * (CHAIN_HEIGHT + CHAIN_GAP),
            w: CHAIN_WIDTH,
            h: CHAIN_HEIGHT,
        })
        .collect();
    for (rect, at) in checks.iter().zip(graph.members(None)) {
        picture.boxes.extend(graph.nodes.get(at).map(|node| Placed::new(*rect, node)));
    }
    for (pair, edge) in checks.windows(2).zip(&graph.edges) {
        let [above, below] = pair else { continue };
        let x = above.x + above.w / 2;
        let label = Some((edge.label, x + 10, above.bottom() + CHAIN_GAP / 2 + 4));
        picture.arrows.push(Arrow { from: (x, above.bottom()), way: vec![Go::Straight(x, below.y)], label });
    }
    let Some(check) = checks.last() else { return };
    lanes(graph, *check, picture);
    let bottom = picture.frames.iter().map(|frame| frame.rect.bottom()).max().unwrap_or(0).max(check.bottom());
    picture.height = bottom + MARGIN;
}

fn lanes<'a>(graph: &'a Graph, check: Rect, picture: &mut Picture<'a>) {
    let is_lane = |group: &usize| {
        let first = graph.members(Some(*group)).first().and_then(|at| graph.nodes.get(*at));
        first.is_some_and(|node| node.kind != Kind::Unit)
    };
    let lanes: Vec<usize> = (0..graph.groups.len()).filter(is_lane).collect();
    let height = LANE_TITLE + JOB_HEIGHT + LANE_PADDING;
    let all = (0..).zip(&lanes).map(|(row, _)| row * (height + LANE_GAP)).last().unwrap_or(0);
    // Few lanes stand low enough for the last one to be level with the check.
    let level = check.middle().saturating_sub(LANE_TITLE + JOB_HEIGHT / 2);
    let top = if MARGIN + all < level { level - all } else { MARGIN };
    let x = check.right() + GUTTER;
    for (row, group) in (0..).zip(lanes) {
        let rect = Rect { x, y: top + row * (height + LANE_GAP), w: WIDTH - MARGIN - x, h: height };
        picture.frames.extend(graph.groups.get(group).map(|title| Frame { rect, title }));
        let jobs = jobs(rect);
        for (rect, at) in jobs.iter().zip(graph.members(Some(group))) {
            picture.boxes.extend(graph.nodes.get(at).map(|node| Placed::new(*rect, node)));
        }
        for pair in jobs.windows(2) {
            let [before, after] = pair else { continue };
            let way = vec![Go::Straight(after.x, after.middle())];
            picture.arrows.push(Arrow { from: (before.right(), before.middle()), way, label: None });
        }
        let Some(first) = jobs.first() else { continue };
        let turn = check.right() + GUTTER / 2;
        let (from, to) = (check.middle(), first.middle());
        let mut way = if from == to { Vec::new() } else { vec![Go::Corner(turn, from), Go::Corner(turn, to)] };
        way.push(Go::Straight(first.x, to));
        picture.arrows.push(Arrow { from: (check.right(), from), way, label: None });
    }
}

/// The places of the jobs in a lane.
fn jobs(lane: Rect) -> Vec<Rect> {
    let room = lane.w - 2 * LANE_PADDING - 3 * JOB_GAP;
    let mut x = lane.x + LANE_PADDING;
    let mut jobs = Vec::new();
    for share in SHARES {
        let w = room * share / 100;
        jobs.push(Rect { x, y: lane.y + LANE_TITLE, w, h: JOB_HEIGHT });
        x += w + JOB_GAP;
    }
    jobs
}
