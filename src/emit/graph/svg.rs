//! The picture as SVG: for light and dark, without a font of its own, by no other program.

use std::fmt::Write;

use super::escape::xml;
use super::layout::{Arrow, Frame, Go, PADDING, Picture, Placed, layout};
use super::width::{Style, fitted, width};
use super::{Graph, Kind};

/// The radius of corners of arrows.
const ROUND: u32 = 8;

/// How long the head of an arrow is.
const HEAD: u32 = 7;

/// Colours: on white, and on what is dark. All texts have a contrast of 4.5 and more to what they stand on.
const STYLE: &str = "
    text { font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif }
    .title { font-size: 13px; font-weight: 600; fill: #1f2328 }
    .note { font-size: 11px; fill: #59636e }
    .frame-title { font-size: 13px; font-weight: 600; fill: #59636e }
    .frame { fill: #f6f8fa; stroke: #d1d9e0 }
    .box { fill: #ffffff; stroke-width: 1.5 }
    .spec { stroke: #8250df } .workflow { stroke: #0969da } .job { stroke: #818b98 } .unit { stroke: #818b98 }
    .release { stroke: #1a7f37; fill: #dafbe1 }
    .arrow { fill: none; stroke: #818b98; stroke-width: 1.5 }
    .head { fill: #818b98 }
    @media (prefers-color-scheme: dark) {
      .title { fill: #f0f6fc }
      .note, .frame-title { fill: #9198a1 }
      .frame { fill: #151b23; stroke: #3d444d }
      .box { fill: #0d1117 }
      .spec { stroke: #ab7df8 } .workflow { stroke: #4493f8 } .job { stroke: #656c76 } .unit { stroke: #656c76 }
      .release { stroke: #3fb950; fill: #12261e }
      .arrow { stroke: #7d8590 }
      .head { fill: #7d8590 }
    }
";

/// A picture.
pub fn svg(graph: &Graph) -> String {
    let picture = layout(graph);
    let Picture { width, height, frames, boxes, arrows } = &picture;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n"
    );
    let _ = writeln!(text, "  <title>{}</title>\n  <style>{STYLE}  </style>", xml(&graph.title));
    for frame in frames {
        draw_frame(&mut text, frame);
    }
    for arrow in arrows {
        draw_arrow(&mut text, arrow);
    }
    for placed in boxes {
        draw_box(&mut text, placed);
    }
    text.push_str("</svg>\n");
    text
}

fn draw_frame(text: &mut String, frame: &Frame<'_>) {
    let Frame { rect, title } = frame;
    let _ = writeln!(
        text,
        "  <rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
        rect.x, rect.y, rect.w, rect.h
    );
    let room = rect.w - 28;
    write_text(text, "frame-title", rect.x + 14, rect.y + 20, title, Style::Frame, room);
}

fn draw_box(text: &mut String, placed: &Placed<'_>) {
    let Placed { rect, title, note, kind } = placed;
    let (class, radius) = match kind {
        Kind::Spec => ("spec", rect.h / 2),
        Kind::Workflow => ("workflow", 6),
        Kind::Job => ("job", 6),
        Kind::Release => ("release", 6),
        Kind::Unit => ("unit", 6),
    };
    let _ = writeln!(
        text,
        "  <rect class=\"box {class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\"/>",
        rect.x, rect.y, rect.w, rect.h
    );
    let room = rect.w - 2 * PADDING;
    let centre = rect.x + rect.w / 2;
    write_centred(text, "title", centre, rect.middle() - 4, title, Style::Title, room);
    write_centred(text, "note", centre, rect.middle() + 13, note, Style::Note, room);
}

fn write_text(text: &mut String, class: &str, x: u32, y: u32, content: &str, style: Style, room: u32) {
    let shown = fitted(content, style, room);
    let _ = writeln!(text, "  <text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", titled(&shown, content));
}

fn write_centred(text: &mut String, class: &str, x: u32, y: u32, content: &str, style: Style, room: u32) {
    let shown = fitted(content, style, room);
    let _ = writeln!(
        text,
        "  <text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
        titled(&shown, content)
    );
}

/// A text that had to be cut is told as a whole to those who point at it.
fn titled(shown: &str, content: &str) -> String {
    if shown == content { xml(shown) } else { format!("<title>{}</title>{}", xml(content), xml(shown)) }
}

fn draw_arrow(text: &mut String, arrow: &Arrow<'_>) {
    let Arrow { from, way, label } = arrow;
    let mut path = format!("M{} {}", from.0, from.1);
    let mut at = *from;
    for (number, go) in way.iter().enumerate() {
        let is_last = number + 1 == way.len();
        match *go {
            Go::Straight(x, y) => {
                let (x, y) = if is_last { before_head(at, (x, y)) } else { (x, y) };
                let _ = write!(path, " L{x} {y}");
            }
            Go::Corner(x, y) => {
                let next = way.get(number + 1).map_or((x, y), |next| next.end());
                let (before, after) = (towards((x, y), at), towards((x, y), next));
                let _ = write!(path, " L{} {} Q{x} {y} {} {}", before.0, before.1, after.0, after.1);
            }
            Go::Curve(x, y) => {
                let end = if is_last { x.saturating_sub(HEAD) } else { x };
                let bend = u32::midpoint(at.0, end);
                let _ = write!(path, " C{bend} {} {bend} {y} {end} {y}", at.1);
            }
        }
        at = go.end();
    }
    let _ = writeln!(text, "  <path class=\"arrow\" d=\"{path}\"/>");
    let (x, y) = at;
    let is_down = way.len() == 1 && x == from.0;
    let head = if is_down {
        format!("M{x} {y} L{} {} L{} {} Z", x - 4, y - HEAD - 1, x + 4, y - HEAD - 1)
    } else {
        format!("M{x} {y} L{} {} L{} {} Z", x - HEAD - 1, y - 4, x - HEAD - 1, y + 4)
    };
    let _ = writeln!(text, "  <path class=\"head\" d=\"{head}\"/>");
    if let Some((label, x, y)) = label {
        let room = width(label, Style::Note);
        write_text(text, "note", *x, *y, label, Style::Note, room);
    }
}

/// Where the line of an arrow ends, so that its head has a point.
const fn before_head(from: (u32, u32), to: (u32, u32)) -> (u32, u32) {
    if from.0 == to.0 { (to.0, to.1.saturating_sub(HEAD)) } else { (to.0.saturating_sub(HEAD), to.1) }
}

/// The point near a corner, on the way to another point that is level with it or above or below it.
fn towards(corner: (u32, u32), other: (u32, u32)) -> (u32, u32) {
    let step = |from: u32, to: u32| {
        if to > from { from + ROUND.min((to - from) / 2) } else { from - ROUND.min((from - to) / 2) }
    };
    (step(corner.0, other.0), step(corner.1, other.1))
}
