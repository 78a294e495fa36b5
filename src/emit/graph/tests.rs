//! The geometry of pictures: of the real spec, of all golden projects, and of names that are as long and as hostile as can be.

use std::path::Path;

use super::layout::{Arrow, PADDING, Picture, Rect, layout};
use super::width::{Style, fitted, width};
use super::*;
use crate::compile::{Made, compile};
use crate::project::read_files;

fn made(folder: &str) -> Made {
    let files = read_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    compile(&files).unwrap().made.unwrap()
}

fn graphs() -> Vec<Graph> {
    let mut graphs = Vec::new();
    for folder in [".", "tests/golden/autotools", "tests/golden/everything", "tests/golden/runner"] {
        let Made { model, plan, .. } = made(folder);
        graphs.push(Graph::new(&model, &plan, None));
        graphs.extend(model.tools.keys().map(|tool| Graph::new(&model, &plan, Some(tool))));
    }
    // The longest names, and many tools.
    let mut long = Graph::new(&made(".").model, &made(".").plan, None);
    for node in &mut long.nodes {
        node.title = "W".repeat(60);
        node.note = "\u{1f980}<b>&\"".repeat(20);
    }
    long.groups.iter_mut().for_each(|title| *title = format!("build-{}.yml", "m".repeat(60)));
    graphs.push(long);
    graphs
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom()
}

fn contains(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x && outer.y <= inner.y && inner.right() <= outer.right() && inner.bottom() <= outer.bottom()
}

#[test]
fn boxes_do_not_overlap_and_stay_inside() {
    for graph in graphs() {
        let picture = layout(&graph);
        let all = Rect { x: 0, y: 0, w: picture.width, h: picture.height };
        assert_eq!(picture.boxes.len(), graph.nodes.len());
        assert_eq!(picture.arrows.len(), graph.edges.len());
        let rects: Vec<Rect> = picture.boxes.iter().map(|it| it.rect).collect();
        for (at, one) in rects.iter().enumerate() {
            assert!(contains(all, *one), "{one:?}");
            assert!(!rects[at + 1..].iter().any(|other| overlap(*one, *other)), "{}: {one:?}", graph.title);
        }
        for (at, frame) in picture.frames.iter().enumerate() {
            assert!(contains(all, frame.rect));
            assert!(!picture.frames[at + 1..].iter().any(|other| overlap(frame.rect, other.rect)));
            // Whole boxes inside or outside, and below the title.
            for rect in rects.iter().filter(|rect| overlap(frame.rect, **rect)) {
                assert!(contains(frame.rect, *rect) && rect.y >= frame.rect.y + 26, "{rect:?} in {frame:?}");
            }
        }
    }
}

#[test]
fn no_text_is_wider_than_its_box() {
    for graph in graphs() {
        let picture = layout(&graph);
        for placed in &picture.boxes {
            let room = placed.rect.w - 2 * PADDING;
            for (text, style) in [(placed.title, Style::Title), (placed.note, Style::Note)] {
                assert!(width(&fitted(text, style, room), style) <= room, "{text}");
            }
        }
        for (label, x, y) in picture.arrows.iter().filter_map(|arrow| arrow.label) {
            let rect = Rect { x, y: y - 11, w: width(label, Style::Note), h: 14 };
            let hit = picture.boxes.iter().find(|it| overlap(it.rect, rect));
            assert!(hit.is_none(), "{label} lies on {hit:?}");
            assert!(!picture.frames.iter().any(|it| overlap(it.rect, rect)), "{label} lies on a frame");
        }
    }
}

#[test]
fn the_names_of_the_real_spec_are_not_cut() {
    let Made { model, plan, .. } = made(".");
    let graph = Graph::new(&model, &plan, None);
    for placed in &layout(&graph).boxes {
        let room = placed.rect.w - 2 * PADDING;
        assert_eq!(fitted(placed.title, Style::Title, room), placed.title);
        assert_eq!(fitted(placed.note, Style::Note, room), placed.note);
    }
}

/// The points that the way of an arrow goes through.
fn points(arrow: &Arrow<'_>) -> Vec<(u32, u32)> {
    std::iter::once(arrow.from).chain(arrow.way.iter().map(|go| go.end())).collect()
}

#[test]
fn arrows_lead_from_box_to_box_and_through_none() {
    for graph in graphs() {
        let picture: Picture<'_> = layout(&graph);
        for arrow in &picture.arrows {
            let points = points(arrow);
            let (start, end) = (points[0], points[points.len() - 1]);
            let is_on = |rect: Rect, (x, y): (u32, u32)| {
                let is_level = (x == rect.x || x == rect.right()) && (rect.y..=rect.bottom()).contains(&y);
                is_level || (y == rect.y || y == rect.bottom()) && (rect.x..=rect.right()).contains(&x)
            };
            assert!(picture.boxes.iter().any(|it| is_on(it.rect, start)), "{arrow:?}");
            assert!(picture.boxes.iter().any(|it| is_on(it.rect, end)), "{arrow:?}");
            for pair in points.windows(2) {
                let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
                // A line that is level, or goes up or down, is a thin box; a curve stays between two columns.
                let line = Rect { x: x1.min(x2), y: y1.min(y2), w: x1.abs_diff(x2), h: y1.abs_diff(y2) };
                let inner = |it: Rect| {
                    it.x < line.right()
                        && line.x < it.right()
                        && it.y < line.bottom().max(line.y + 1)
                        && line.y < it.bottom()
                };
                let hit = picture.boxes.iter().find(|it| inner(it.rect) && line.w.max(line.h) > 0);
                assert!(hit.is_none(), "{}: {arrow:?} goes through {hit:?}", graph.title);
            }
        }
    }
}

#[test]
fn hostile_texts_stay_texts_in_every_format() {
    let Made { model, plan, .. } = made(".");
    let mut graph = Graph::new(&model, &plan, None);
    graph.title = "<script>\"&".to_owned();
    graph.nodes[0].title = "\"]; <script>alert(1)</script>\n\\".to_owned();
    graph.groups[0] = "--> end\"".to_owned();
    let svg = svg(&graph);
    assert!(!svg.contains("<script") && svg.contains("<title>&lt;script&gt;&quot;&amp;</title>"), "{svg}");
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    let mermaid = mermaid(&graph);
    assert!(!mermaid.contains("<script"), "{mermaid}");
    assert!(mermaid.lines().all(|line| line.matches('"').count() % 2 == 0), "{mermaid}");
    let dot = dot(&graph);
    let unescaped = |line: &str| line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    assert!(dot.lines().all(|line| unescaped(line) % 2 == 0), "{dot}");
}

/// Relative luminance by the rules of WCAG.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn colours_have_contrast_in_light_and_in_dark() {
    let contrast = |one: &str, other: &str| {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    };
    let Made { model, plan, .. } = made(".");
    let svg = svg(&Graph::new(&model, &plan, None));
    let (light, dark) = svg.split_once("@media").unwrap();
    let colour = |part: &str, class: &str, what: &str| {
        let rules = part.split('}').filter_map(|rule| rule.rsplit_once('{'));
        let is_of = |selectors: &str| selectors.rsplit('{').next().unwrap().split(',').any(|it| it.trim() == class);
        let of_class: Vec<&str> = rules.filter(|rule| is_of(rule.0)).map(|rule| rule.1).collect();
        let (_, value) = of_class.iter().find_map(|rule| rule.split_once(&format!("{what}: #"))).unwrap();
        format!("#{}", &value[..6])
    };
    for part in [light, dark] {
        let [paper, frame, release] = [".box", ".frame", ".release"].map(|class| colour(part, class, "fill"));
        for ground in [&paper, &frame, &release] {
            assert!(contrast(&colour(part, ".title", "fill"), ground) >= 7.0);
            assert!(contrast(&colour(part, ".note", "fill"), ground) >= 4.5);
        }
        for class in [".spec", ".workflow", ".job", ".release", ".arrow"] {
            assert!(contrast(&colour(part, class, "stroke"), &frame) >= 3.0, "{class}");
        }
    }
}
