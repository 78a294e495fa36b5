//! The places of units: columns from left to right, each unit as near as it can be to what needs it, with few crossings.
//!
//! An arrow over several columns has a slot of its own in each column between, so that it crosses no box.

use super::Graph;
use super::layout::{Arrow, Frame, Go, MARGIN, PADDING, Picture, Placed, Rect, WIDTH};
use super::width::{Style, width};

const HEIGHT: u32 = 40;
const GAP: u32 = 10;
/// The height of a slot that an arrow passes through.
const PASS: u32 = 6;
const COLUMN_GAP: u32 = 64;
const ROW_GAP: u32 = 16;
const NARROWEST: u32 = 90;
const WIDEST: u32 = 170;
const TITLE: u32 = 34;
const FRAME_PADDING: u32 = 16;
/// How often the order is improved from both sides.
const SWEEPS: usize = 6;

/// What takes up room in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// A unit, by its position.
    Unit(usize),
    /// An arrow that passes, by its position.
    Pass(usize),
}

impl Slot {
    const fn height(self) -> u32 {
        match self {
            Self::Unit(_) => HEIGHT,
            Self::Pass(_) => PASS,
        }
    }
}

/// Places units in a frame below everything that is there: those that are tied to others in columns, the rest in rows below.
pub(super) fn place<'a>(graph: &'a Graph, title: &'a str, members: &[usize], picture: &mut Picture<'a>) {
    let is_tied = |at: usize| graph.edges.iter().any(|edge| edge.from == at || edge.to == at);
    let (tied, alone): (Vec<usize>, Vec<usize>) = members.iter().partition(|at| is_tied(**at));
    let position = |at: usize| tied.iter().position(|member| *member == at);
    let edges: Vec<(usize, usize)> =
        graph.edges.iter().filter_map(|edge| Some((position(edge.from)?, position(edge.to)?))).collect();
    let columns = ordered(columns(tied.len(), &edges), &edges);
    let node = |at: usize| tied.get(at).and_then(|at| graph.nodes.get(*at));
    let text = |at: usize| node(at).map_or(("", ""), |node| (node.title.as_str(), node.note.as_str()));
    let widths: Vec<u32> = columns.iter().map(|column| column_width(column, text)).collect();
    let tallest = columns.iter().map(|column| column_height(column)).max().unwrap_or(0);
    let gaps = COLUMN_GAP * u32::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    let inner = widths.iter().sum::<u32>() + gaps;
    let frame = Rect {
        x: MARGIN,
        y: picture.height,
        w: (inner + 2 * FRAME_PADDING).max(WIDTH - 2 * MARGIN),
        h: TITLE + tallest + FRAME_PADDING + rows_height(alone.len()),
    };
    let mut x = frame.x + (frame.w - inner) / 2;
    let mut rects: Vec<(Slot, Rect)> = Vec::new();
    for (column, w) in columns.iter().zip(widths) {
        let mut y = frame.y + TITLE + (tallest - column_height(column)) / 2;
        for slot in column {
            rects.push((*slot, Rect { x, y, w, h: slot.height() }));
            y += slot.height() + GAP;
        }
        x += w + COLUMN_GAP;
    }
    for (slot, rect) in &rects {
        if let Slot::Unit(at) = slot {
            picture.boxes.extend(node(*at).map(|node| Placed::new(*rect, node)));
        }
    }
    let top = frame.y + TITLE + tallest + if tied.is_empty() { 0 } else { FRAME_PADDING };
    for (number, at) in (0..).zip(alone) {
        let rect = in_rows(frame, top, number);
        picture.boxes.extend(graph.nodes.get(at).map(|node| Placed::new(rect, node)));
    }
    let place = |wanted: Slot| rects.iter().find(|(slot, _)| *slot == wanted).map(|(_, rect)| *rect);
    for (number, (from, to)) in edges.iter().enumerate() {
        let (Some(first), Some(last)) = (place(Slot::Unit(*from)), place(Slot::Unit(*to))) else { continue };
        let mut way = Vec::new();
        for (_, pass) in rects.iter().filter(|(slot, _)| *slot == Slot::Pass(number)) {
            way.extend([Go::Curve(pass.x, pass.middle()), Go::Straight(pass.right(), pass.middle())]);
        }
        way.push(Go::Curve(last.x, last.middle()));
        picture.arrows.push(Arrow { from: (first.right(), first.middle()), way, label: None });
    }
    picture.frames.push(Frame { rect: frame, title });
    picture.width = picture.width.max(frame.right() + MARGIN);
    picture.height = frame.bottom() + MARGIN;
}

/// What is tied to nothing stands in rows of this many.
const ROW: u32 = 4;

/// The place of one of those.
fn in_rows(frame: Rect, top: u32, number: u32) -> Rect {
    let room = WIDTH - 2 * MARGIN - 2 * FRAME_PADDING - (ROW - 1) * ROW_GAP;
    let w = room / ROW;
    let x = frame.x + FRAME_PADDING + number % ROW * (w + ROW_GAP);
    Rect { x, y: top + number / ROW * (HEIGHT + GAP), w, h: HEIGHT }
}

fn rows_height(count: usize) -> u32 {
    let rows = u32::try_from(count).unwrap_or(0).div_ceil(ROW);
    if rows == 0 { 0 } else { FRAME_PADDING + rows * (HEIGHT + GAP) - GAP }
}

fn column_width<'a>(column: &[Slot], text: impl Fn(usize) -> (&'a str, &'a str)) -> u32 {
    let of = |slot: &Slot| match slot {
        Slot::Unit(at) => {
            let (title, note) = text(*at);
            width(title, Style::Title).max(width(note, Style::Note)) + 2 * PADDING
        }
        Slot::Pass(_) => 0,
    };
    column.iter().map(of).max().unwrap_or(0).clamp(NARROWEST, WIDEST)
}

fn column_height(column: &[Slot]) -> u32 {
    let gaps = GAP * u32::try_from(column.len().saturating_sub(1)).unwrap_or(0);
    column.iter().map(|slot| slot.height()).sum::<u32>() + gaps
}

/// The column of each unit: the last one for what nothing needs, else the one before the first that needs it.
fn columns(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<Slot>> {
    let mut from_end = vec![0_usize; count];
    // The units stand in their order, so what needs one comes later.
    for at in (0..count).rev() {
        let later = edges.iter().filter(|(from, _)| *from == at).filter_map(|(_, to)| from_end.get(*to)).max();
        let rank = later.map_or(0, |rank| rank + 1);
        if let Some(slot) = from_end.get_mut(at) {
            *slot = rank;
        }
    }
    let last = from_end.iter().max().copied().unwrap_or(0);
    let column = |at: usize| last - from_end.get(at).copied().unwrap_or(0);
    let mut columns: Vec<Vec<Slot>> = vec![Vec::new(); last + 1];
    for at in 0..count {
        columns.get_mut(column(at)).into_iter().for_each(|it| it.push(Slot::Unit(at)));
    }
    for (number, (from, to)) in edges.iter().enumerate() {
        let between = column(*from) + 1..column(*to);
        columns.get_mut(between).into_iter().flatten().for_each(|it| it.push(Slot::Pass(number)));
    }
    columns
}

/// The same columns, each in the order of what its slots are tied to in the columns beside it.
fn ordered(mut columns: Vec<Vec<Slot>>, edges: &[(usize, usize)]) -> Vec<Vec<Slot>> {
    for sweep in 0..SWEEPS {
        let forwards = sweep % 2 == 0;
        let order: Vec<usize> =
            if forwards { (1..columns.len()).collect() } else { (0..columns.len().saturating_sub(1)).rev().collect() };
        for at in order {
            let beside = if forwards { at.checked_sub(1) } else { at.checked_add(1) };
            let Some(fixed) = beside.and_then(|beside| columns.get(beside)).cloned() else { continue };
            let Some(column) = columns.get_mut(at) else { continue };
            let count = column.len();
            let mut keyed: Vec<(usize, Slot)> = Vec::new();
            for (position, slot) in column.iter().enumerate() {
                let ties = ties(*slot, &fixed, edges, forwards);
                // In thousandths of the column's height; what is tied to nothing stays where it is.
                let key = match ties.len() {
                    0 => position * 1000 / count,
                    many => ties.iter().map(|tie| tie * 1000 / fixed.len()).sum::<usize>() / many,
                };
                keyed.push((key, *slot));
            }
            keyed.sort_by_key(|(key, _)| *key);
            *column = keyed.into_iter().map(|(_, slot)| slot).collect();
        }
    }
    columns
}

/// The positions in the column beside it of what a slot is tied to.
fn ties(slot: Slot, beside: &[Slot], edges: &[(usize, usize)], forwards: bool) -> Vec<usize> {
    let is_tied = |other: &Slot| {
        edges.iter().enumerate().any(|(number, (from, to))| {
            let (near, far) = if forwards { (*to, *from) } else { (*from, *to) };
            let is_here = slot == Slot::Unit(near) || slot == Slot::Pass(number);
            let is_beside = *other == Slot::Unit(far) || *other == Slot::Pass(number);
            is_here && is_beside
        })
    };
    (0..beside.len()).filter(|at| beside.get(*at).is_some_and(is_tied)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_arrows_have_a_slot_in_each_column_that_they_pass() {
        let edges = [(0, 1), (1, 2), (0, 2)];
        let columns = columns(4, &edges);
        let unit = Slot::Unit;
        assert_eq!(columns, [vec![unit(0)], vec![unit(1), Slot::Pass(2)], vec![unit(2), unit(3)]]);
    }

    #[test]
    fn ordering_takes_crossings_away() {
        let edges = [(0, 3), (1, 2)];
        let ordered = ordered(columns(4, &edges), &edges);
        let at = |slot: usize| ordered.iter().flatten().position(|it| *it == Slot::Unit(slot)).unwrap();
        assert_eq!((at(0) < at(1)), (at(3) < at(2)));
    }
}
