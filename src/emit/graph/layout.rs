//! Where everything stands in the picture: the chain of checks at the left, a lane for each workflow at its right, units below.
//!
//! Whole pixels; the same graph, the same picture.

use super::chain;
use super::layers;
use super::{Graph, Kind, Node};

/// The width of GitHub's column for a README.
pub(super) const WIDTH: u32 = 830;

/// Between the picture and its edge.
pub(super) const MARGIN: u32 = 12;

/// The room between the edge of a box and its text.
pub(super) const PADDING: u32 = 8;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) w: u32,
    pub(super) h: u32,
}

impl Rect {
    pub(super) const fn right(self) -> u32 {
        self.x + self.w
    }

    pub(super) const fn bottom(self) -> u32 {
        self.y + self.h
    }

    /// The height of its middle.
    pub(super) const fn middle(self) -> u32 {
        self.y + self.h / 2
    }
}

/// A node at its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) rect: Rect,
    pub(super) title: &'a str,
    pub(super) note: &'a str,
    pub(super) kind: Kind,
}

impl<'a> Placed<'a> {
    pub(super) fn new(rect: Rect, node: &'a Node) -> Self {
        Self { rect, title: &node.title, note: &node.note, kind: node.kind }
    }
}

/// A frame around boxes, with its title at the top.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) rect: Rect,
    pub(super) title: &'a str,
}

/// One part of the way of an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    /// Straight to this point.
    Straight(u32, u32),
    /// To this point, with a round corner there.
    Corner(u32, u32),
    /// To this point in a curve that begins and ends level.
    Curve(u32, u32),
}

impl Go {
    /// Where this part ends.
    pub(super) const fn end(self) -> (u32, u32) {
        match self {
            Self::Straight(x, y) | Self::Corner(x, y) | Self::Curve(x, y) => (x, y),
        }
    }
}

/// An arrow between two boxes.
#[derive(Debug)]
pub(super) struct Arrow<'a> {
    pub(super) from: (u32, u32),
    pub(super) way: Vec<Go>,
    /// What is said beside it, and where.
    pub(super) label: Option<(&'a str, u32, u32)>,
}

/// The picture.
#[derive(Debug)]
pub(super) struct Picture<'a> {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) frames: Vec<Frame<'a>>,
    pub(super) boxes: Vec<Placed<'a>>,
    pub(super) arrows: Vec<Arrow<'a>>,
}

/// Places everything.
pub(super) fn layout(graph: &Graph) -> Picture<'_> {
    let mut picture =
        Picture { width: WIDTH, height: MARGIN, frames: Vec::new(), boxes: Vec::new(), arrows: Vec::new() };
    chain::place(graph, &mut picture);
    let is_units = |at: &usize| graph.nodes.get(*at).is_some_and(|node| node.kind == Kind::Unit);
    for (group, title) in graph.groups.iter().enumerate() {
        let members = graph.members(Some(group));
        if members.first().is_some_and(is_units) {
            layers::place(graph, title, &members, &mut picture);
        }
    }
    picture
}
