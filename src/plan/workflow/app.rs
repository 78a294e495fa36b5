//! The token of a GitHub App, for jobs that push.

use super::part;
use crate::gha::{Expression, InputName, Step, Uses, input_name, literal, step_id};
use crate::model::{App, Model};
use crate::plan::PlanError;
use crate::source::Origin;

/// A token of the app that the spec names there; it can write what these inputs of the action name, and nothing else.
pub(super) fn token<const N: usize>(
    model: &Model,
    app: &App,
    at: &Origin,
    write: [InputName; N],
) -> Result<Step, PlanError> {
    let value = |context: &str, name: &str| {
        Expression::parse(format!("{context}.{name}")).map_err(|error| PlanError::Workflow {
            what: "the name of a variable".to_owned(),
            reason: error.to_string(),
        })
    };
    let uses = Uses::new(part::action(model, "actions/create-github-app-token")?)
        .with(input_name!("client-id"), value("vars", app.client_id.as_str())?)
        .with(input_name!("private-key"), value("secrets", app.private_key.as_str())?);
    let uses = write.into_iter().fold(uses, |uses, input| uses.with(input, literal!("write")));
    let step = Step::uses(literal!("Get a token of the app"), uses).id(step_id!("app")).origin(at.clone());
    Ok(step.value("with.client-id", at.key("client_id")).value("with.private-key", at.key("private_key")))
}
