//! The tags of a function.

use super::connect::Aws;
use super::problem::{Kind, Problem};
use super::text::Text;

/// A key and its value; the value may be empty.
pub type Tag = (Text, Text);

/// Reads the tags of a function, by `GetFunction`: it may be asked 100 times a second, `ListTags` and all others
/// together 15 times (Lambda quotas, "API requests").
///
/// # Errors
/// As every request; and where tags may not be read, which `GetFunction` says beside its answer.
pub async fn tags(aws: Aws, function: Text) -> Result<Vec<Tag>, Problem> {
    let answer = aws.lambda().get_function().function_name(function.as_str()).send().await;
    let answer =
        answer.map_err(|error| aws.problem(format!("read the tags of {function}"), "lambda:GetFunction", &error))?;
    if let Some(error) = answer.tags_error() {
        let doing = format!("read the tags of {function}");
        return Err(Problem::new(
            Kind::Denied,
            doing,
            Text::line(error.message()),
            "The identity needs lambda:ListTags.",
        ));
    }
    let tags = answer.tags.unwrap_or_default().into_iter();
    let mut tags: Vec<Tag> = tags.map(|(key, value)| (Text::line(key), Text::line(value))).collect();
    tags.sort();
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    #[tokio::test]
    async fn tags_come_with_the_function_and_a_refusal_for_them_is_one() {
        let far_end = FarEnd::of([
            Reply::json(r#"{"Tags":{"team":"orders","a":""}}"#),
            Reply::json("{}"),
            Reply::json(r#"{"TagsError":{"ErrorCode":"AccessDeniedException","Message":"no tags"}}"#),
        ]);
        let aws = far_end.aws().await;
        let pair = |key: &'static str, value: &'static str| (Text::known(key), Text::known(value));
        assert_eq!(tags(aws.clone(), "f".into()).await.unwrap(), [pair("a", ""), pair("team", "orders")]);
        assert_eq!(tags(aws.clone(), "f".into()).await.unwrap(), []);
        let problem = tags(aws, "f".into()).await.unwrap_err();
        assert_eq!((problem.kind, problem.said.as_str()), (Kind::Denied, "no tags"));
    }
}
