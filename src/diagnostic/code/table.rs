//! The table of the codes. A code keeps its meaning for ever: one that is out of use is never used for something else.
//!
//! Behind each text stands how its example is found: `example` in `examples/<code>.wrong.yaml` and `.right.yaml`, which
//! change a small project; otherwise why there is none.

use super::{Code, Example, Explanation};

macro_rules! example {
    ($number:literal, example) => {
        Example::Snippets {
            wrong: include_str!(concat!("../examples/", $number, ".wrong.yaml")),
            right: include_str!(concat!("../examples/", $number, ".right.yaml")),
        }
    };
    ($number:literal, drift) => {
        Example::None("the mistake is not in the spec, but in what is committed beside it")
    };
    ($number:literal, $reason:literal) => {
        Example::None($reason)
    };
}

macro_rules! codes {
    ($($name:ident = $number:literal, $title:literal, $text:literal, $example:tt;)*) => {
        impl Code {
            $(#[doc = $title] pub const $name: Self = Self($number);)*
        }

        /// Every code, in order.
        pub static CODES: &[Explanation] = &[
            $(Explanation { code: Code::$name, title: $title, text: $text, example: example!($number, $example) },)*
        ];
    };
}

codes! {
    SYNTAX = "G0101", "the file is not valid YAML",
        "The file cannot be read at all: nothing of it is known. Mend the place shown first; later ones may follow from it.", example;
    DUPLICATE_KEY = "G0102", "a key stands twice in one mapping",
        "Most YAML readers keep one of the two silently. ghagen refuses, since nobody can tell which one was meant.", example;
    UNSUPPORTED_YAML = "G0103", "a feature of YAML that a spec may not use",
        "Anchors, aliases, tags, merge keys, several documents, keys that are not strings, numbers that readers disagree \
         on and characters that nobody sees hide what a file says. Write the value out, or quote it.", example;
    UNKNOWN_KEY = "G0104", "a key that is not known here",
        "The key is not part of the language at this place. `docs/spec.md` lists the keys, and so does the JSON Schema.", example;
    WRONG_TYPE = "G0105", "a value of the wrong type",
        "The value has another type than this place takes. A number that is meant as text wants quotes.", example;
    MISSING_KEY = "G0106", "a required key is missing",
        "The mapping lacks a key that has no default.", example;
    INVALID_VALUE = "G0107", "a value that this place does not take",
        "The value has the right type, but it is not one of those allowed, or it is too short, too long or too small.", example;
    MISSING_FILE = "G0108", "a file that every spec has is missing",
        "A project is described by `spec/ghagen.yaml`, and every outside input that it uses is fixed in `spec/ghagen.lock`. \
         Both have to be there.", "the mistake is a file that is not there";
    UNKNOWN_FILE = "G0109", "a file under `spec/` that nothing reads",
        "Tools are `spec/tools/<tool>.yaml`, components are `spec/components/<component>.yaml`; what packages carry stands below \
         `spec/files`, patches below `spec/patches`. Only names that start with a dot and files named `README.md` may stand elsewhere.", example;
    FORBIDDEN_TEXT = "G0110", "a text that no spec may hold",
        "GitHub evaluates `${{` wherever it stands in a workflow, so that a text could become code. Control characters, and those \
         that turn the direction of a text, make a reviewer see something else than what runs.", example;
    INVALID_NAME = "G0201", "a name that cannot be one",
        "Names become parts of file names, tags, artifacts and shell words. So they hold only what none of those has to quote: \
         lower-case letters, digits, `-`, `_` and `.`.", example;
    UNKNOWN_NAME = "G0202", "a name that nothing bears",
        "A part of the spec names another part: a component, an output, a place, a layout, a variant, an arch, a line, a tool, an \
         allocator. Nothing of that kind has this name. Mostly it is a slip: the help lists what there is.", example;
    FILE_NAME = "G0203", "a file and what it describes have different names",
        "A tool is found at `spec/tools/<tool>.yaml`, a component at `spec/components/<component>.yaml`. The name inside the file \
         has to be the same, so that nobody needs to search. Rename one of the two.", example;
    INVALID_VERSION = "G0204", "not a version, or not a constraint over versions",
        "Versions are numbers separated by `.` or `_`, then perhaps `-` and a prerelease: `1.29.1`, `6.0.0-rc1`, `2026_07_16`. \
         Constraints are comparisons separated by commas, which all have to hold: `>=1.28, <2`. There is no `^` and no `~`.", example;
    INVALID_PATTERN = "G0205", "not a pattern over tags",
        "Tags are told apart by a regular expression over the whole tag, with a group named `version` around the part that is the \
         version: `^v(?<version>[0-9]+\\.[0-9]+\\.[0-9]+)$`. The generated scripts read the same expression with jq.", example;
    INVALID_PATH = "G0206", "not a path below its folder",
        "Every path in a spec is relative, with `/` between its names, and stays below the folder that it starts from: the source, \
         the prefix, the package. So it is not absolute and holds neither `.` nor `..`, nor characters that a shell would read.", example;
    INVALID_ADDRESS = "G0207", "not an address of a repository, an archive or an image",
        "Sources come over `https://` only, without a user in the address. Images are named in full, with registry and tag: \
         short names mean something else on every machine.", example;
    UNKNOWN_PLACEHOLDER = "G0208", "a placeholder that has no value here",
        "`{name}` in a text of a recipe stands for a value of the build. Each place takes only the placeholders that have a value \
         there. `{line.KEY}` is a value of the release line, so every line of every tool that contains the component has to define \
         it. A brace that is meant as a brace is written twice: `{{name}}`.", example;
    INVALID_SCHEDULE = "G0209", "not a schedule that GitHub keeps",
        "A schedule has five fields of cron, in UTC: minute, hour, day of month, month, day of week. GitHub starts it every five \
         minutes at most, and knows neither `@daily` nor a sixth field.", example;
    INVALID_RUNNER = "G0210", "not the label of a runner",
        "GitHub chooses a machine by its label: `ubuntu-24.04`, `ubuntu-24.04-arm`, or one that you gave to a runner of your own.", example;
    INVALID_MODE = "G0211", "not a mode that a packaged file can have",
        "A mode is written as text in octal digits: `\"0755\"` for programs, `\"0644\"` for the rest. Setuid, setgid and sticky bits \
         are refused: unpacking as another user loses or misplaces them. So are files that everybody can change.", example;
    UNPINNED = "G0212", "no pin of the lock fits",
        "Every source is built at a commit that `spec/ghagen.lock` holds. The newest pin that fits the component's versions and those \
         of the release line is taken; here none fits. `ghagen lock update NAME` asks the network for tags that do.", example;
    LOCK_MISMATCH = "G0213", "the lock and the spec disagree",
        "The lock says where its commits were read from and by which tags. If the spec has another address, or a pattern that does not \
         fit a locked tag, the pin is no longer known to be what the spec means. `ghagen lock update NAME` reads it anew.", example;
    MISSING_SPEC_FILE = "G0214", "a file that the spec names is not there",
        "Files that packages carry stand below `spec/files`, patches below `spec/patches/<component>`. Files are named one by one, so \
         that a package holds what somebody decided, and nothing that merely lay in a folder.", example;
    SETTINGS = "G0215", "settings that do not fit together",
        "Each of the settings is fine alone, but together they mean nothing that can be built.", example;
    PACKAGE_NAME = "G0216", "not the name of a package of the distribution",
        "The name is handed to the package manager of the build container. It has lower-case letters, digits and `+.:-`, and starts with \
         a letter or a digit.", example;
    ENVIRONMENT_NAME = "G0217", "not a variable that can be set here",
        "Names of variables have letters, digits and `_`, and do not start with a digit. Those that ghagen sets for every recipe, such as \
         `CC` and `PREFIX`, cannot be set: there is to be no way around the compiler of the target. Nor can those that the recipes `go` and `cargo` set \
         themselves: what they say follows from the keys of the recipe. A hook cannot set what its step is given, nor what would change the shell or \
         the runner beneath it.", example;
    INVALID_TEXT = "G0218", "a text that is not one visible line",
        "Titles, summaries and reasons are shown in one line: in the names of jobs, in tables, in messages. So they are not empty \
         and have no line breaks. In YAML, `>-` folds several lines into one.", example;
    UNFINISHED_SCRIPT = "G0219", "a script that leaves something open",
        "What a spec brings along as bash is copied as it is. A quote, a bracket or a here-document that nothing closes would take in \
         what stands behind it in the generated script: the proofs, say. ghagen looks for nothing else in it; `bash -n` and shellcheck do.", example;
    UNSTAMPABLE = "G0220", "a stamp that cannot be handed to Go",
        "`go build` splits the flags of its linker at blanks again. It knows both kinds of quotes, and no way to have both in one value. \
         So a stamp may hold `'` or `\"`, but not both, and a value of a line that goes into one does not hold what stands around it.", example;
    INVALID_FORM = "G0221", "a text that is not of the form of its place",
        "A checksum is 64 hexadecimal digits, as `sha256sum` prints them. A day is written as year, month and day, such as `2026-11-01`, \
         and has to be in the calendar. The pattern of an input is what Rust and bash read alike, and its default fits it as a whole.", example;
    CYCLE = "G0301", "components need each other in a circle",
        "A component is built after everything that it needs. In a circle none can be the first. Break it where one of them needs \
         the other least: often by splitting a component in two.", example;
    DUPLICATE_PATH = "G0302", "two contents of a package at one path",
        "An archive can hold one file at a path. Give one of the two another place, or take only some outputs of a component.", example;
    EMPTY_VARIANT = "G0303", "nothing to ship",
        "A package without contents, or a tool without packages, would be built and released as nothing. Leave the cell out with \
         `exclude` and a reason, or take the variant away from the tool.", example;
    UNUSED_COMPONENT = "G0304", "a component that no tool contains",
        "Nothing builds it, so nothing notices when it breaks. Put it into a variant, let another component need it, or remove it.", example;
    OVERLAPPING_LINES = "G0305", "a version belongs to two release lines",
        "The line decides how a version is built. Where two lines fit, the order in the file would decide in silence. Bound the older \
         line from above, such as `>=5.7, <6`.", example;
    DANGLING_LINK = "G0306", "a link that leads to nothing in its package",
        "After unpacking, the link points at a file that the package does not bring. That can be meant, if another package brings it; \
         mostly the target has moved to another place.", example;
    DUPLICATE_ARTIFACT = "G0307", "two packages of one name",
        "An archive is named after its tool and its variant: `podman-full`. A tool `podman-full` with a variant `default` gives the same name, \
         and who has both cannot tell them apart. Rename one of them.", example;
    LEAVING_LINK = "G0308", "a link that leads out of its package",
        "After unpacking, the link points at whatever stands beside the package. Links may climb with `..`, but not above the top folder \
         of the package, wherever the layout puts them.", example;
    UNRESOLVED_PIN = "G0401", "a pin that nobody has verified",
        "The lock says `unresolved`, with the reason. What can live with that goes on: an image is taken by its tag, which moves; the \
         versions of a tool are looked for by each run. A build from a commit that is not known stops, and says so. \
         `ghagen lock update NAME` pins it.", example;
    MATRIX_TOO_LARGE = "G0402", "more jobs than GitHub takes in one matrix",
        "A matrix makes 256 jobs at most; GitHub refuses the run above that. Build fewer variants or arches of this tool.",
        "it takes more than 256 packages of one line";
    UNPINNED_ACTION = "G0404", "an action that the workflows use is not in the lock",
        "Workflows use actions by their full commit only, since tags of other people's repositories can be moved. The lock says which.", example;
    UNPINNED_PROGRAM = "G0405", "a program that the workflows run is not in the lock",
        "Workflows run programs such as cosign and zizmor at a fixed version, so that a release of theirs cannot change ours.", example;
    STALE_EXCLUSION = "G0407", "an exclusion that fits nothing",
        "It leaves out no cell: the tool has no such variant, arch or line, or another exclusion comes first. Remove it, so that nobody \
         takes it for a fact.", example;
    OUTPUT_NOT_BUILT = "G0408", "an output that its recipe does not make",
        "The recipe says which files it installs below the prefix, and this one is not among them. The build would fail at its end.", example;
    CRON_ON_THE_HOUR = "G0409", "a schedule at the start of an hour",
        "Most schedules of the world start at minute 0. GitHub delays them then, and drops some under load. Take an odd minute, such as 17.", example;
    UNDECLARED_PROGRAM = "G0410", "a program without a declaration",
        "Only what a program declares is proved: how it is linked, whose `malloc` it has, how large it is at least. Without a `program` \
         block a dynamically linked or empty file would be shipped unnoticed.", example;
    STALE_NARROWING = "G0411", "a line narrows the versions of what it does not build",
        "Under `components`, a line says which versions of a component go with it. The component is not built for this line at all, so that \
         nothing is narrowed: mostly the name is that of another component.", example;
    NOT_FOR_PRIVATE = "G0412", "something that a private repository may not have",
        "GitHub gives arm64 runners and attestations to every public repository, and to private ones by plan. Runs that ask for what the \
         plan lacks wait for ever, or fail.", example;
    MIXED_LINKS = "G0413", "programs of one component that are linked in different ways",
        "The compiler wrapper adds the mode and the allocator to every link of a recipe, and a recipe other than `go` may link all its \
         programs in one run. So they share what the first of them declares. Programs that differ are components of their own, which can \
         share one source.", example;
    SHORT_LIMIT = "G0414", "a time limit that a build does not keep",
        "`timeouts.build` ends a job that hangs. This one would also end a build in which nothing is wrong: `seconds` of its \
         components and of the toolchain add up to more.", example;
    HOOK_PERMISSION = "G0415", "a permission that a hook cannot have",
        "Hooks of the build and of the test are steps of jobs that pull requests run, and these jobs read the repository, nothing more. Hooks \
         of the release have jobs of their own, and these get the permissions that the hooks name. Two they cannot have: `id-token` and \
         `attestations` would let them sign as the release does, and people verify releases by who signed.", example;
    STALE_HOOK = "G0416", "a hook that never runs",
        "Its conditions fit no job: the tool is not built for such an arch, or has no such line or variant. Nobody would notice that what it \
         is for is not done.", example;
    WORKFLOW_TOO_LARGE = "G0501", "a workflow that GitHub would not take",
        "GitHub starts no run for a workflow file above its limit, and refuses files with too long an expression. Build fewer variants \
         or arches of the tool, or move long texts from the spec into files of their own.",
        "it takes a workflow of half a million bytes";
    WORKFLOW_LIMIT = "G0502", "more in a workflow than GitHub takes",
        "GitHub has limits for what one workflow holds: 256 rows in a matrix, 25 inputs of a start by hand, 360 minutes of a job on its \
         machines. Above them it refuses the file, or fails the run.", "it takes many tools, arches or inputs at once";
    DRIFT_MISSING = "G0901", "a generated file is missing",
        "The spec says that there is a file, and there is none: it was removed, or it is new and not committed yet. \
         `ghagen generate` writes it.", drift;
    DRIFT_HAND_EDITED = "G0902", "a generated file was edited by hand",
        "Its bytes are not those that ghagen wrote, so the next `ghagen generate` would undo the edit. Say in the spec what the \
         edit was meant to do, then generate.", drift;
    DRIFT_SPEC_CHANGED = "G0903", "the spec changed, and a generated file did not",
        "The file was made from a spec that meant something else. Run `ghagen generate` and commit what it writes.", drift;
    DRIFT_GENERATOR_CHANGED = "G0904", "another ghagen made a generated file",
        "The file was made by another version of ghagen, or with other templates. Use the version that the project names, or move \
         on to the new one with `ghagen generate`, and review what it changes.", drift;
    DRIFT_PINS_BUMPED = "G0905", "pins were moved in a generated file",
        "Nothing but pins differs, and the same thing has the same new pin everywhere: a bot did that. Pins belong into \
         `spec/ghagen.lock`; there, the next run finds them.", drift;
    DRIFT_ORPHAN = "G0906", "a file that nothing generates any more",
        "The file was made from something that the spec does not hold now. `ghagen generate` removes it, unless somebody changed it \
         and took the header out: then it stays, and is theirs.", drift;
    DRIFT_MODE_CHANGED = "G0907", "the executable bit of a generated file differs",
        "Scripts are run by their paths, so the bit is part of what is committed. The other bits have no meaning. \
         `ghagen generate` sets it.", drift;
    DRIFT_FOREIGN = "G0908", "something that ghagen did not make is in the place of a generated file",
        "No manifest lists it and it has no header, so it may be somebody's work: ghagen writes nothing at all until it is \
         moved or removed. Symbolic links are never followed.", drift;
    PIN_NOT_LOCKED = "G0909", "a pin in a generated file is not the one of the lock",
        "Every commit, digest and version in generated files comes from `spec/ghagen.lock`, byte for byte, with its comment. This one \
         differs. If a bot moved it, `ghagen adopt` takes it into the lock; otherwise `ghagen generate` puts the lock's one back.",
        "the mistake is in a generated file";
    LOOSE_USE = "G0910", "a workflow that people write uses an action without a full commit",
        "Tags and branches of other people's repositories can be moved, and short hashes can clash. ghagen does not change workflows \
         that it did not make: pin the action there to all 40 digits of its commit, with the version in a comment.",
        "the mistake is in a workflow that people write";
    PIN_MOVED = "G0911", "a tag does not point to the commit in the lock",
        "Either somebody moved the tag, or the hash is not that of the commit: of an annotated tag, people often take the tag's own \
         object. Compare both commits before you take the new one: `ghagen lock update --accept-moved` does that.",
        "the repository of the tag alone can tell";
}
