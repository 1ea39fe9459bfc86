//! Configuration: every setting of one function.

use aws_sdk_lambda::types::FunctionConfiguration;
use serde_json::Value;

use super::answered::Answered;
use super::connect::Aws;
use super::function::{Function, Health, name_in};
use super::problem::Problem;
use super::secret::MASK;
use super::setting::Setting;
use super::settings;
use super::text::Text;

/// All that `GetFunction` tells of a function. The link to its code is dropped on arrival.
#[derive(Clone, PartialEq, Debug)]
pub struct Configuration {
    /// Its name, unqualified.
    pub name: Text,
    /// Its ARN.
    pub arn: Text,
    /// Its time limit in seconds.
    pub timeout: u32,
    /// The log group its runs write to.
    pub log_group: Text,
    /// The ARNs of its layer versions, in the order they are merged.
    pub layers: Box<[Text]>,
    /// Changes with every update.
    pub revision_id: Option<Text>,
    /// AWS is still at it.
    pub unsettled: bool,
    /// Its settings, by group.
    pub settings: Vec<Setting>,
    /// The answer as JSON, values of the environment masked, the link to the code left out.
    pub json: Text,
}

/// Reads all settings of a function (`GetFunction`). `name` may be an ARN.
///
/// # Errors
/// As every request; `Missing` when there is no such function.
pub async fn read(aws: Aws, name: Text) -> Result<Configuration, Problem> {
    let answered = Answered::masked(mask);
    let request = aws.lambda().get_function().function_name(name.as_str()).customize().interceptor(answered.clone());
    let answer = request.send().await;
    let answer = answer.map_err(|error| {
        aws.problem(format!("read the configuration of {}", name_in(&name)), "lambda:GetFunction", &error)
    })?;
    let nothing = FunctionConfiguration::builder().build();
    let told = answer.configuration().unwrap_or(&nothing);
    let function = Function::of(told);
    Ok(Configuration {
        timeout: function.timeout,
        log_group: function.log_group(),
        layers: function.common.layers.clone(),
        revision_id: function.revision_id,
        unsettled: Health::of(told).unsettled(),
        settings: settings::of(told, &answer),
        json: serde_json::to_string_pretty(&answered.document()).map(Text::block).unwrap_or_default(),
        name: function.name,
        arn: function.arn,
    })
}

/// Takes out of an answer what must not be shown.
fn mask(document: &mut Value) {
    if let Some(code) = document.get_mut("Code").and_then(Value::as_object_mut) {
        // A signed link: whoever has it can load the code for ten minutes. `remove` would reorder.
        code.shift_remove("Location");
    }
    let variables = document.pointer_mut("/Configuration/Environment/Variables").and_then(Value::as_object_mut);
    for value in variables.into_iter().flat_map(|variables| variables.values_mut()) {
        *value = Value::from(MASK);
    }
}

#[cfg(test)]
#[path = "configuration_tests.rs"]
mod tests;
